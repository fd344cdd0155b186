Feature: Concurrent updates of one TVIEW

  Many sessions write the base tables of one TVIEW at the same time. In whatever order
  they commit, the TVIEW afterwards holds exactly what its defining query returns, no
  session waits for ever, and no row is refreshed more often than necessary.

  Rule: Inserts do not block each other

    @plan
    Scenario: 100 sessions insert posts of the same user
      Given 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
      And 100 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When each session inserts a post of user 1, 5 times
      Then every session has committed all its transactions
      And at least 80 % of the sessions were in a transaction at the same moment
      And no transaction refreshed a row of a TVIEW twice
      And there was no deadlock
      And the TVIEW contract held
      And 5 rows were refreshed for each session

    Scenario: 100 sessions insert ten rows each
      Given the base table tb_test and its TVIEW tv_test
      And 100 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When each session inserts a row into tb_test, 10 times
      Then every session has committed all its transactions
      And at least 80 % of the sessions were in a transaction at the same moment
      And there was no deadlock
      And the TVIEW contract held
      And 10 rows were refreshed for each session

  Rule: Sessions that want the same row take turns

    Scenario: 100 sessions update the same rows
      Given 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
      And 100 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When each session retitles one of the same five posts, 10 times
      Then every session has committed all its transactions
      And at least 80 % of the sessions were in a transaction at the same moment
      And the TVIEW contract held
      And 10 rows were refreshed for each session

  Rule: A row is refreshed once a transaction, however often it was touched

    Scenario: a transaction changes one row twenty times
      Given an engine that writes a row once a transaction
      And the base table tb_test and its TVIEW tv_test
      And 100 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When each session inserts a row into tb_test and then changes it twenty times, 1 time
      Then every session has committed all its transactions
      And at least 80 % of the sessions were in a transaction at the same moment
      And the TVIEW contract held
      And 1 row was refreshed for each session

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
      And a transaction that fails with a retryable error is tried again
      And 100 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When each session inserts a row into tb_test, <times> times
      Then every session has committed all its transactions
      And at least 80 % of the sessions were in a transaction at the same moment
      And the TVIEW contract held
      And <times> rows were refreshed for each session

      Examples:
        | case               | level           | times |
        | at READ COMMITTED  | READ COMMITTED  | 10    |
        | at REPEATABLE READ | REPEATABLE READ | 10    |
        | at SERIALIZABLE    | SERIALIZABLE    | 2     |
