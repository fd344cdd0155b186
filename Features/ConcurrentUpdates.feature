Feature: Concurrent updates of one TVIEW

  Many sessions write the base tables of one TVIEW at the same time. Whatever order
  they come in, the TVIEW shows afterwards exactly what its defining query gives, no
  session waits for ever, and no row is refreshed more often than it has to be.

  (Scenario 1 of the plan, and its script 01-concurrent-updates.)

  Rule: Inserts never get in each other's way

    Scenario: 100 sessions insert ten rows each
      Given the base table tb_test and its TVIEW tv_test
      And 100 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When each session inserts a row into tb_test, 10 times
      Then every session has committed all its transactions
      And at least 80 % of the sessions were in a transaction at the same moment
      And every TVIEW equals its defining query
      And the auditor never saw a TVIEW differ from its defining query
      And no transaction refreshed a row of a TVIEW twice
      And 10 rows were refreshed for each session
      And neither the server's counter nor a session nor the server's log tells of a deadlock
      And nothing is left behind
      And the server is still the same process

    @plan
    Scenario: 100 sessions insert posts of the same user
      Given 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
      And 100 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When each session inserts a post of user 1, 5 times
      Then every session has committed all its transactions
      And at least 80 % of the sessions were in a transaction at the same moment
      And every TVIEW equals its defining query
      And the auditor never saw a TVIEW differ from its defining query
      And no transaction refreshed a row of a TVIEW twice
      And 5 rows were refreshed for each session
      And neither the server's counter nor a session nor the server's log tells of a deadlock
      And nothing is left behind
      And the server is still the same process

  Rule: Sessions that want the same row take turns

    Scenario: 100 sessions update the same rows
      Given 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
      And 100 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When each session retitles one of the same five posts, 10 times
      Then every session has committed all its transactions
      And at least 80 % of the sessions were in a transaction at the same moment
      And every TVIEW equals its defining query
      And the auditor never saw a TVIEW differ from its defining query
      And no transaction refreshed a row of a TVIEW twice
      And 10 rows were refreshed for each session
      And neither the server's counter nor a session nor the server's log tells of a deadlock
      And nothing is left behind
      And the server is still the same process

  Rule: A row is refreshed once a transaction, however often it was touched

    @flush-at-commit
    Scenario: a transaction changes one row twenty times
      Given the base table tb_test and its TVIEW tv_test
      And 100 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When each session inserts a row into tb_test and then changes it twenty times, 1 time
      Then every session has committed all its transactions
      And at least 80 % of the sessions were in a transaction at the same moment
      And every TVIEW equals its defining query
      And the auditor never saw a TVIEW differ from its defining query
      And no transaction refreshed a row of a TVIEW twice
      And 1 row was refreshed for each session
      And neither the server's counter nor a session nor the server's log tells of a deadlock
      And nothing is left behind
      And the server is still the same process

  Rule: Several TVIEWs over one table change together

    Scenario: rows of a table with one TVIEW are inserted, changed and deleted
      Given the base table tb_test with 200 rows and its TVIEW tv_test
      And 100 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When all sessions work at once
        | sessions | times | what each does             |
        | 40       | 5     | inserts a row into tb_test |
        | 40       | 5     | changes a row of tb_test   |
        | 20       | 5     | deletes a row of tb_test   |
      Then every session has committed all its transactions
      And at least 80 % of the sessions were in a transaction at the same moment
      And the TVIEW contract held

    Scenario: three TVIEWs show the same posts
      Given 100 users with 1000 posts, and three TVIEWs over the posts
      And 100 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When all sessions work at once
        | sessions | times | what each does  |
        | 50       | 5     | inserts a post  |
        | 50       | 5     | retitles a post |
      Then every session has committed all its transactions
      And at least 80 % of the sessions were in a transaction at the same moment
      And the TVIEW contract held

  Rule: Stricter isolation levels refuse what they cannot do right

    Scenario Outline: the same inserts, tried again where the server refuses them
      Given the base table tb_test and its TVIEW tv_test
      And the isolation level <level>
      And a transaction that fails with 40001 or 40P01 is tried again
      And 100 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When each session inserts a row into tb_test, <times> times
      Then every session has committed all its transactions
      And at least 80 % of the sessions were in a transaction at the same moment
      And <times> rows were refreshed for each session
      And the TVIEW contract held

      Examples:
        | level           | times |
        | READ COMMITTED  | 10    |
        | REPEATABLE READ | 10    |
        | SERIALIZABLE    | 2     |
