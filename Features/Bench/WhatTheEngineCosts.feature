@bench
Feature: What the engine costs

  The same work where one thing grows: how many TVIEWs, levels, keys, rows or sessions.
  Every line is compared with the first one of its table, turn by turn.

  Rule: Each TVIEW and each level has its price

    Scenario: an insert with and without a TVIEW
      Given nobody records the refreshes
      And tables with no, 1, 2, 4 and 8 TVIEWs, and with 1 to 4 levels of them
      When in 5 turns
        | by       | sessions | times | what each does                 |
        | no TVIEW | 50       | 60    | inserts a row into tb_plain    |
        | 1 TVIEW  | 50       | 60    | inserts a row into tb_tviews_1 |
      Then every TVIEW equals its defining query

    Scenario: more TVIEWs over one table, and more levels
      Given nobody records the refreshes
      And tables with no, 1, 2, 4 and 8 TVIEWs, and with 1 to 4 levels of them
      When in 5 turns
        | by       | sessions | times | what each does               |
        | no TVIEW | 1        | 60    | changes a row of tb_plain    |
        | 1 TVIEW  | 1        | 60    | changes a row of tb_tviews_1 |
        | 2 TVIEWs | 1        | 60    | changes a row of tb_tviews_2 |
        | 4 TVIEWs | 1        | 60    | changes a row of tb_tviews_4 |
        | 8 TVIEWs | 1        | 60    | changes a row of tb_tviews_8 |
        | 1 level  | 1        | 60    | changes a row of tb_levels_1 |
        | 2 levels | 1        | 60    | changes a row of tb_levels_2 |
        | 3 levels | 1        | 60    | changes a row of tb_levels_3 |
        | 4 levels | 1        | 60    | changes a row of tb_levels_4 |
      Then every TVIEW equals its defining query

  Rule: It takes its share of a plain table's speed

    # The bounds are the engine's goals; what was measured stands in Support/Engines/Reference/README.md.
    Scenario Outline: the engine's share of a plain table's speed
      Given nobody records the refreshes
      And a table with its TVIEW, users and posts with theirs, and the same tables without
      When in 5 turns
        | by       | sessions   | times   | what each does      |
        | no TVIEW | <sessions> | <times> | <what> <plain table> |
        | a TVIEW  | <sessions> | <times> | <what> <table>       |
      Then "a TVIEW" is at least <least> times as fast as the first line
      And every TVIEW equals its defining query

      Examples:
        | case                                     | what                | plain table  | table   | sessions | times | least |
        | insert, TVIEW of one table, 1 session    | inserts a row into  | tb_plain     | tb_test | 1        | 1000  | 0.15  |
        | insert, TVIEW of one table, 10 sessions  | inserts a row into  | tb_plain     | tb_test | 10       | 400   | 0.11  |
        | insert, TVIEW of one table, 100 sessions | inserts a row into  | tb_plain     | tb_test | 100      | 100   | 0.12  |
        | insert of a post, 1 session              | inserts a post into | tb_bare_post | tb_post | 1        | 1000  | 0.17  |
        | insert of a post, 10 sessions            | inserts a post into | tb_bare_post | tb_post | 10       | 400   | 0.11  |
        | insert of a post, 100 sessions           | inserts a post into | tb_bare_post | tb_post | 100      | 100   | 0.13  |
        | post retitled, 1 session                 | retitles a post of  | tb_bare_post | tb_post | 1        | 1000  | 0.19  |
        | post retitled, 10 sessions               | retitles a post of  | tb_bare_post | tb_post | 10       | 400   | 0.12  |
        | post retitled, 100 sessions              | retitles a post of  | tb_bare_post | tb_post | 100      | 100   | 0.13  |
        | user renamed, 1 session                  | renames a user of   | tb_bare_user | tb_user | 1        | 1000  | 0.08  |
        | user renamed, 10 sessions                | renames a user of   | tb_bare_user | tb_user | 10       | 400   | 0.065 |
        | user renamed, 100 sessions               | renames a user of   | tb_bare_user | tb_user | 100      | 100   | 0.07  |

  Rule: A key costs the same, however many there are

    # The same thousand rows are changed in each. A deeper index may cost a little.
    Scenario: more rows in the table
      Given nobody records the refreshes
      And tables of a thousand to a million rows, each with its TVIEW
      When in 5 turns
        | by           | sessions | times | what each does                   |
        | 1000 rows    | 1        | 60    | changes a row of tb_rows_1000    |
        | 10000 rows   | 1        | 60    | changes a row of tb_rows_10000   |
        | 100000 rows  | 1        | 60    | changes a row of tb_rows_100000  |
        | 1000000 rows | 1        | 60    | changes a row of tb_rows_1000000 |
      Then "10000 rows" is at least 0.8 times as fast as the first line
      And "100000 rows" is at least 0.8 times as fast as the first line
      And "1000000 rows" is at least 0.8 times as fast as the first line
      And every TVIEW equals its defining query

    Scenario Outline: keys in one statement
      Given nobody records the refreshes
      And a base table of <rows> rows and its TVIEW
      When in 5 turns
        | by          | sessions | times | what each does                                 |
        | 1 key       | 1        | 40    | changes the first 1 rows in one statement      |
        | 10 keys     | 1        | 20    | changes the first 10 rows in one statement     |
        | 1000 keys   | 1        | 3     | changes the first 1000 rows in one statement   |
        | <most> keys | 1        | 1     | changes the first <most> rows in one statement |
      Then "10 keys" is at least 1.0 times as fast as the first line
      And "1000 keys" is at least 1.0 times as fast as the first line
      And "<most> keys" is at least 1.0 times as fast as the first line
      And every TVIEW equals its defining query

      Examples:
        | case            | rows    | most   |
        | of 100000 rows  | 100000  | 100000 |
        | of 1000000 rows | 1000000 | 100000 |

    Scenario: keys beside another transaction's long queue
      Given nobody records the refreshes
      And a base table of 200000 rows and its TVIEW
      And another transaction has queued 50000 other rows
      When in 5 turns
        | by        | sessions | times | what each does                               |
        | 1 key     | 1        | 40    | changes the first 1 rows in one statement    |
        | 10 keys   | 1        | 20    | changes the first 10 rows in one statement   |
        | 1000 keys | 1        | 3     | changes the first 1000 rows in one statement |
      Then "10 keys" is at least 1.0 times as fast as the first line
      And "1000 keys" is at least 1.0 times as fast as the first line

  Rule: Sessions that touch different keys do not wait for each other

    # Equally often in each session: its first transactions cost many times as much, because they plan.
    Scenario: more sessions on different keys
      Given nobody records the refreshes
      And a base table of 10000 rows and its TVIEW
      When in 5 turns
        | by           | sessions | times | what each does           |
        | 1 session    | 1        | 60    | changes a row of tb_test |
        | 10 sessions  | 10       | 60    | changes a row of tb_test |
        | 100 sessions | 100      | 60    | changes a row of tb_test |
      Then "10 sessions" is at least 1.0 times as fast as the first line
      And "100 sessions" is at least 1.0 times as fast as the first line
      And every TVIEW equals its defining query

    # No bound: PostgreSQL itself lets one at a time change a row. Here, too, equally often in each session.
    Scenario: more sessions on one key
      Given nobody records the refreshes
      And a base table of 10000 rows and its TVIEW
      When in 5 turns
        | by                     | sessions | times | what each does                    |
        | 1 session              | 1        | 30    | changes the first row of tb_test  |
        | 10 sessions            | 10       | 30    | changes the first row of tb_test  |
        | 100 sessions           | 100      | 30    | changes the first row of tb_test  |
        | 1 session, no TVIEW    | 1        | 30    | changes the first row of tb_plain |
        | 10 sessions, no TVIEW  | 10       | 30    | changes the first row of tb_plain |
        | 100 sessions, no TVIEW | 100      | 30    | changes the first row of tb_plain |
      Then every TVIEW equals its defining query
