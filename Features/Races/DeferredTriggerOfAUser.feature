Feature: A user's own deferred trigger writes a base table at COMMIT

  Somebody has made a constraint trigger that is deferred: at COMMIT it renames the author of
  each new post. So a transaction goes on writing when it is about to end, perhaps after the
  engine has begun to do what is owed. That has to be shown as well.

  Scenario Outline: in every permutation of their steps
    Given 3 users with 6 posts, a trigger that renames who has posted, at COMMIT, and the TVIEW tv_post
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B             |
      | begins                   | <what B does> |
      | renames user 2           |               |
      | inserts a post of user 1 |               |
      | commits                  |               |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                                             | what B does              | level           | route                       | failures                                 |
      | retitles post 1, READ COMMITTED                  | retitles post 1          | READ COMMITTED  | directly                    | no step failed                           |
      | retitles post 1, REPEATABLE READ                 | retitles post 1          | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | retitles post 1, READ COMMITTED, pooled          | retitles post 1          | READ COMMITTED  | through transaction pooling | no step failed                           |
      | inserts a post of user 1, READ COMMITTED         | inserts a post of user 1 | READ COMMITTED  | directly                    | no step failed                           |
      | inserts a post of user 1, REPEATABLE READ        | inserts a post of user 1 | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | inserts a post of user 1, READ COMMITTED, pooled | inserts a post of user 1 | READ COMMITTED  | through transaction pooling | no step failed                           |

  Scenario: and the transaction is prepared
    Given 3 users with 6 posts, a trigger that renames who has posted, at COMMIT, and the TVIEW tv_post
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                        | B               | C                           |
      | begins                   | retitles post 1 | commits what A has prepared |
      | renames user 2           |                 |                             |
      | inserts a post of user 1 |                 |                             |
      | prepares its transaction |                 |                             |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And no step failed
