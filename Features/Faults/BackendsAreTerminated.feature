Feature: Backends are terminated

  An operator, a failover tool or a pooler ends server processes in the middle of their work. The
  server rolls their transactions back. Whatever an engine keeps outside the transaction, such as a
  flag in shared memory or a lock that is not PostgreSQL's, nobody gives back for it.

  Each transaction writes a token of its own into two rows, in two statements; so it is known of each
  whether it committed, also where the client was never told. A session whose connection is gone opens
  another one and goes on.

  Rule: A transaction whose backend ends is rolled back as a whole, and everybody else goes on

    Scenario: a random backend of 100 is terminated every 100 ms
      Given the base table tb_test and its TVIEW tv_test
      And 100 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When every 100 ms a random session's backend is terminated, 20 times, while each session writes a token of its own into two rows
      Then at least 10 of these faults came in the middle of a transaction
      And each token that was committed stands in its two rows and in the TVIEW, and no other token in any
      And only what was hit failed, with a clean error, and every session went on
      And the TVIEW contract held

    Scenario: backends are terminated inside their flush
      Given the base table tb_test and its TVIEW tv_test
      And 40 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When a session's backend is terminated inside its flush, 5 times, while each session writes a token of its own into two rows
      Then at least 5 of these faults came in the middle of a flush
      And each token that was committed stands in its two rows and in the TVIEW, and no other token in any
      And only what was hit failed, with a clean error, and every session went on
      And the TVIEW contract held
