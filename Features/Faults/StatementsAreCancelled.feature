Feature: Statements are cancelled

  A statement is cancelled by an operator, by its own client who waits no longer, or by one of the
  server's time limits. The transaction is rolled back as a whole, also where that comes in the middle
  of its flush; and nothing of it stays in the session, whose next transaction works and is exact.

  A session that is held inside its flush waits there until the cancel comes: so it is known to hit.

  Rule: What is cancelled is rolled back as a whole, and the session's next transaction is exact

    Scenario: a random statement of 100 sessions is cancelled every 100 ms
      Given the base table tb_test and its TVIEW tv_test
      And 100 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When every 100 ms a random session's statement is cancelled, 20 times, while each session writes a token of its own into two rows
      Then at least 10 of these faults came in the middle of a transaction
      And each token that was committed stands in its two rows and in the TVIEW, and no other token in any
      And only what was hit failed, with a clean error, and every session went on
      And the TVIEW contract held

    Scenario Outline: a commit is cancelled inside its flush
      Given the base table tb_test and its TVIEW tv_test
      And 20 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When <what>, 3 times, while each session writes a token of its own into two rows
      Then at least 3 of these faults came in the middle of a flush
      And each token that was committed stands in its two rows and in the TVIEW, and no other token in any
      And only what was hit failed, with a clean error, and every session went on
      And the TVIEW contract held

      Examples:
        | case              | what                                             |
        | by an operator    | a session's commit is cancelled inside its flush |
        | by its own client | a client cancels its own commit inside its flush |
        | by lock_timeout   | a session's lock_timeout passes inside its flush |

    # PostgreSQL does not count the work of COMMIT for statement_timeout, so here the session asks for its deferred
    # work before (SET CONSTRAINTS ALL IMMEDIATE).
    Scenario: statement_timeout passes inside the flush
      Given an engine that can refresh before COMMIT
      And the base table tb_test and its TVIEW tv_test
      And 20 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When a session's statement_timeout passes inside its flush, 3 times, while each session writes a token of its own into two rows
      Then at least 3 of these faults came in the middle of a flush
      And each token that was committed stands in its two rows and in the TVIEW, and no other token in any
      And only what was hit failed, with a clean error, and every session went on
      And the TVIEW contract held

    Scenario: a client writes and then sends nothing (idle_in_transaction_session_timeout)
      Given the base table tb_test and its TVIEW tv_test
      And 20 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When a session is idle in its transaction for too long, 5 times, while each session writes a token of its own into two rows
      Then at least 5 of these faults came in the middle of a transaction
      And each token that was committed stands in its two rows and in the TVIEW, and no other token in any
      And only what was hit failed, with a clean error, and every session went on
      And the TVIEW contract held
