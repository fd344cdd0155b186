@bench
Feature: As fast as pgbench

  A driver that is slower than the server measures itself. So the same statements run by
  the suite's fleet, by PostgreSQL's own pgbench (the same SQL, as many sessions, prepared
  on both) and in the plan's way, a psql for each statement: in turns, on the same tables,
  and only what ran in the same turn is compared. A ratio fails the run when it lies
  below its bound beyond what the turns themselves scatter.

  Scenario: a row is read
    Given 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
    When each of 100 sessions reads a row, 200 times, in 5 turns by the fleet, by pgbench and by psql
    Then the fleet is at least 0.9 times as fast as pgbench
    And opening the sessions takes it at most 1.5 times as long

  Scenario: a row is inserted into a plain table
    Given only the base tables of "the base table tb_test and its TVIEW tv_test"
    When each of 100 sessions inserts a row, 60 times, in 5 turns by the fleet, by pgbench and by psql
    Then the fleet is at least 1.0 times as fast as pgbench

  Scenario: a row is inserted into a base table with a TVIEW
    Given nobody records the refreshes
    And the base table tb_test with 200 rows and its TVIEW tv_test
    When each of 100 sessions inserts a row, 15 times, in 5 turns by the fleet, by pgbench and by psql
    Then the fleet is at least 1.0 times as fast as pgbench
    And every TVIEW equals its defining query

  Scenario: users are renamed and posts retitled
    Given nobody records the refreshes
    And 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
    When each of 100 sessions renames a user or retitles a post, 8 times, in 5 turns by the fleet, by pgbench and by psql
    Then the fleet is at least 1.0 times as fast as pgbench
    And every TVIEW equals its defining query

  # pgbench cannot prepare there either: the next transaction may have another server connection.
  # And the fleet's sessions have no names of their own here, because pgbench's have none.
  Scenario: the same through PgBouncer
    Given nobody records the refreshes
    And 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
    And PgBouncer with transaction pooling over 20 server connections
    When each of 100 sessions renames a user or retitles a post, 20 times, in 5 turns by the fleet, by pgbench and by psql
    Then the fleet is at least 1.0 times as fast as pgbench
    And every TVIEW equals its defining query

  # No bound: pgbench opens one session after the other in each of its threads.
  Scenario: sessions are opened and closed
    Given only the base tables of "the base table tb_test and its TVIEW tv_test"
    When 100 sessions are opened and closed, 3 times, in 5 turns by the fleet, by pgbench and by psql
    Then the fleet is at least 0.5 times as fast as pgbench
