Feature: Connection pooling

  Most applications reach PostgreSQL through a pooler such as PgBouncer. One server
  connection then serves many clients in turn. Whatever state an engine keeps for a
  transaction must end with that transaction: the next client of the same server
  connection sees nothing of it, whether the session is reset in between (DISCARD ALL)
  or not.

  Every scenario starts a PgBouncer of its own and proves that the server connection was
  shared; without that proof it fails.

  Rule: The next client finds nothing of a transaction that was committed

    # Client B changes row 3 as well: an engine that still remembers it as refreshed would leave it stale.
    @plan
    Scenario Outline: the next client after a commit
      Given the base table tb_test with 200 rows and its TVIEW tv_test
      And PgBouncer with <pooling> over 1 server connection
      When client A changes the rows 1 to 3, then <what A does>
      And client B changes the rows 3 to 5, then commits
      Then client B had the same server connection as client A
      And the session was <reset> between client A and client B
      And client A's transaction was committed
      And client B found its refresh queue empty after client A
      And each client refreshed the rows that it changed and no others
      And the TVIEW contract held

      Examples:
        | case                                     | pooling                                              | what A does                                       | reset     |
        | transaction pooling                      | transaction pooling                                  | commits                                           | not reset |
        | transaction pooling, A disconnects       | transaction pooling                                  | commits, then disconnects                         | not reset |
        | transaction pooling, A sends DISCARD ALL | transaction pooling                                  | commits, then sends DISCARD ALL                   | reset     |
        | transaction pooling, reset always        | transaction pooling with server_reset_query_always=1 | commits                                           | reset     |
        | session pooling, A disconnects           | session pooling                                      | commits, then disconnects                         | reset     |
        | session pooling, A sends DISCARD ALL     | session pooling                                      | commits, then sends DISCARD ALL, then disconnects | reset     |

  Rule: The next client finds nothing of a transaction that failed

    Scenario Outline: the next client after an error in the middle of a transaction
      Given the base table tb_test with 200 rows and its TVIEW tv_test
      And PgBouncer with <pooling> over 1 server connection
      When client A changes the rows 1 to 3, then <what A does>
      And client B changes the rows 3 to 5, then commits
      Then client B had the same server connection as client A
      And the session was <reset> between client A and client B
      And client A's transaction was aborted
      And client B found its refresh queue empty after client A
      And each client refreshed the rows that it changed and no others
      And tv_test shows nothing of what client A wrote
      And the TVIEW contract held

      Examples:
        | case                                     | pooling                                              | what A does                                             | reset     |
        | transaction pooling                      | transaction pooling                                  | makes an error, then rolls back                         | not reset |
        | transaction pooling, A sends DISCARD ALL | transaction pooling                                  | makes an error, then rolls back, then sends DISCARD ALL | reset     |
        | transaction pooling, reset always        | transaction pooling with server_reset_query_always=1 | makes an error, then rolls back                         | reset     |
        | session pooling, A disconnects           | session pooling                                      | makes an error, then rolls back, then disconnects       | reset     |

    Scenario Outline: the next client after a refresh that failed
      Given an engine that refreshes in the writer's transaction
      And the base table tb_test with 200 rows and its TVIEW tv_test
      And tv_test refuses what client A writes
      And PgBouncer with <pooling> over 1 server connection
      When client A changes the rows 1 to 3, then <what A does>
      And client B changes the rows 3 to 5, then commits
      Then client B had the same server connection as client A
      And the session was <reset> between client A and client B
      And client A's transaction was aborted
      And client B found its refresh queue empty after client A
      And each client refreshed the rows that it changed and no others
      And tv_test shows nothing of what client A wrote
      And the TVIEW contract held

      Examples:
        | case                                     | pooling                                              | what A does                             | reset     |
        | transaction pooling                      | transaction pooling                                  | fails to commit                         | not reset |
        | transaction pooling, A sends DISCARD ALL | transaction pooling                                  | fails to commit, then sends DISCARD ALL | reset     |
        | transaction pooling, reset always        | transaction pooling with server_reset_query_always=1 | fails to commit                         | reset     |
        | session pooling, A disconnects           | session pooling                                      | fails to commit, then disconnects       | reset     |

    # PgBouncer gives nobody a server connection whose transaction is open; it closes it. So here the proof is
    # that the server gave up the transaction with the process.
    Scenario Outline: the next client after one that went away in the middle of its transaction
      Given the base table tb_test with 200 rows and its TVIEW tv_test
      And PgBouncer with <pooling> over 1 server connection
      When client A changes the rows 1 to 3, then disconnects
      And client B changes the rows 3 to 5, then commits
      Then the server ended the process of client A, and client B had a new one
      And client A's transaction was aborted
      And client B found its refresh queue empty after client A
      And each client refreshed the rows that it changed and no others
      And tv_test shows nothing of what client A wrote
      And the TVIEW contract held

      Examples:
        | case                              | pooling                                              |
        | transaction pooling               | transaction pooling                                  |
        | transaction pooling, reset always | transaction pooling with server_reset_query_always=1 |
        | session pooling                   | session pooling                                      |

  Rule: A transaction prepared by one client can be ended by another

    Scenario Outline: another client commits what client A has prepared
      Given the base table tb_test with 200 rows and its TVIEW tv_test
      And PgBouncer with <pooling> over 1 server connection
      When client A changes the rows 1 to 3, then <what A does>
      And client B changes the rows 4 to 6, then commits
      Then client B had the same server connection as client A
      And the session was <reset> between client A and client B
      And client B found its refresh queue empty after client A
      And tv_test shows nothing of what client A wrote
      And every TVIEW equals its defining query
      When client B commits what client A has prepared
      Then client A's transaction was committed
      And tv_test shows what client A wrote
      And each client refreshed the rows that it changed and no others
      And the TVIEW contract held

      Examples:
        | case                                     | pooling                                              | what A does                                      | reset     |
        | transaction pooling                      | transaction pooling                                  | prepares its transaction                         | not reset |
        | transaction pooling, A sends DISCARD ALL | transaction pooling                                  | prepares its transaction, then sends DISCARD ALL | reset     |
        | transaction pooling, reset always        | transaction pooling with server_reset_query_always=1 | prepares its transaction                         | reset     |
        | session pooling, A disconnects           | session pooling                                      | prepares its transaction, then disconnects       | reset     |

    Scenario: another client rolls back what client A has prepared
      Given the base table tb_test with 200 rows and its TVIEW tv_test
      And PgBouncer with transaction pooling over 1 server connection
      When client A changes the rows 1 to 3, then prepares its transaction
      And client B changes the rows 4 to 6, then commits
      Then client B had the same server connection as client A
      And the session was not reset between client A and client B
      And client B found its refresh queue empty after client A
      And tv_test shows nothing of what client A wrote
      When client B rolls back what client A has prepared
      Then client A's transaction was aborted
      And tv_test shows nothing of what client A wrote
      And each client refreshed the rows that it changed and no others
      And the TVIEW contract held

  Rule: Many clients share few server connections

    Scenario Outline: 100 clients over 10 server connections
      Given 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
      And PgBouncer with <pooling> over 10 server connections
      And 100 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When all sessions work at once
        | sessions | times | what each does                                            |
        | 40       | 5     | retitles a post and renames its author in one transaction |
        | 30       | 5     | renames a user                                            |
        | 30       | 5     | inserts a post of user 1                                  |
      Then every session has committed all its transactions
      And at least 80 % of the sessions wanted a server connection at the same moment
      And the sessions shared 10 server connections
      And the TVIEW contract held

      Examples:
        | case                              | pooling                                              |
        | transaction pooling               | transaction pooling                                  |
        | transaction pooling, reset always | transaction pooling with server_reset_query_always=1 |

  Rule: When PgBouncer is killed, no transaction is lost or half done

    Scenario: PgBouncer is killed in the middle of the load
      Given the base table tb_test and its TVIEW tv_test
      And PgBouncer with transaction pooling over 10 server connections
      And 100 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When each session writes a token of its own into two rows, 20 times, and PgBouncer is killed after 25 % of that
      Then several transactions were under way on the server when PgBouncer was killed
      And every session has lost its connection with a clean error
      And each token that was committed stands in its two rows, and no other token stands in any
      And the TVIEW contract held
      When PgBouncer is started again for 100 new sessions
      And each session inserts a row into tb_test, 2 times
      Then every session has committed all its transactions
      And the TVIEW contract held
