Feature: Your own tables

  Whoever has to decide whether TVIEWs may go into production has tables of his own: with enums,
  generated keys, triggers that somebody wrote in 2019. They are given as a folder: schema.sql
  with the tables and a few rows, and for each TVIEW a file with its SELECT. What the tables are
  is read from PostgreSQL's catalogue, and statements are drawn from that: values that are there,
  their neighbours and new ones, parents' keys for links, NULL where it may be. What a constraint
  refuses is a declared error, and counted. His own transactions are drawn as well.

  From there on all is as with drawn tables ('Races that nobody wrote' and 'Random statements over
  random tables'): the same races and loads, judged by the same checkers, and what is found is
  reduced on his own tables and rows to a script for psql.

  Two folders come with the suite: a shop of fifteen tables with twelve TVIEWs, and pgbench's tables.

  Scenario Outline: races over somebody's tables
    Given the tables and TVIEWs of docker/schemas/<folder>
    When 20 random races over them are taken, 1 time, each in 6 permutations
    Then the TVIEW contract held in each of them
    And at least 80 permutations were taken

    Examples:
      | case             | folder  |
      | a shop           | shop    |
      | pgbench's tables | pgbench |

  Scenario Outline: random statements over somebody's tables
    Given the tables and TVIEWs of docker/schemas/<folder>
    When 24 sessions commit 120 random transactions over them, 2 times
    Then the TVIEW contract held each time
    And nothing failed but with a declared error, or with a retryable one and then succeeded
    And no lock of the engine was part of a deadlock
    And at least 16 of the sessions were in a transaction at the same moment, each time

    Examples:
      | case             | folder  |
      | a shop           | shop    |
      | pgbench's tables | pgbench |

  # Branches are few: fifty clients queue for three rows, and each flush computes sums that all of them change.
  Scenario: pgbench's own transaction, from fifty clients
    Given the tables and TVIEWs of docker/schemas/pgbench
    And they are made
    And 50 sessions
    And an auditor who compares every TVIEW with its defining query all the while
    And a transaction that fails with a retryable error is tried again
    When the sessions run the folder's own transactions, 10 times each
    Then the TVIEW contract held, whatever locks the users' own rows had
    And at least 60 % of the sessions were in a transaction at the same moment
    And every session has committed all its transactions

  @schema @random
  Scenario: races over the tables that --schema names
    Given the tables and TVIEWs of the folder that --schema names
    When 12 random races over them are taken, 3 times, each in 8 permutations
    Then the TVIEW contract held in each of them
    And at least 30 permutations were taken

  @schema
  Scenario: random statements over the tables that --schema names
    Given the tables and TVIEWs of the folder that --schema names
    When 24 sessions commit 600 random transactions over them, 2 times
    Then the TVIEW contract held each time
    And nothing failed but with a declared error, or with a retryable one and then succeeded
    And no lock of the engine was part of a deadlock
    And at least 16 of the sessions were in a transaction at the same moment, each time

  @schema
  Scenario: the transactions of the folder that --schema names
    Given the tables and TVIEWs of the folder that --schema names
    And they are made
    And 50 sessions
    And an auditor who compares every TVIEW with its defining query all the while
    And a transaction that fails with a retryable error is tried again
    When the sessions run the folder's own transactions, 20 times each
    Then the TVIEW contract held, whatever locks the users' own rows had
    And at least 60 % of the sessions were in a transaction at the same moment
    And every session has committed all its transactions
