Feature: A savepoint is rolled back after earlier work of the same transaction

  What a transaction did before its savepoint stays owed when it rolls back to it; what it
  did after it does not.

  Scenario Outline: in every permutation of their steps
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                           | B             |
      | begins                      | <what B does> |
      | renames user 1              |               |
      | sets a savepoint            |               |
      | retitles post 1             |               |
      | rolls back to the savepoint |               |
      | commits                     |               |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                                             | what B does              | level          | route                       | failures       |
      | inserts a post of user 1, READ COMMITTED         | inserts a post of user 1 | READ COMMITTED | directly                    | no step failed |
      | inserts a post of user 1, READ COMMITTED, pooled | inserts a post of user 1 | READ COMMITTED | through transaction pooling | no step failed |
      | retitles post 2, READ COMMITTED                  | retitles post 2          | READ COMMITTED | directly                    | no step failed |
      | retitles post 2, READ COMMITTED, pooled          | retitles post 2          | READ COMMITTED | through transaction pooling | no step failed |

  Scenario Outline: the same row before and after the savepoint
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                           | B              |
      | begins                      | renames user 1 |
      | retitles post 1             |                |
      | sets a savepoint            |                |
      | retitles post 1             |                |
      | rolls back to the savepoint |                |
      | commits                     |                |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case            | level           | route    | failures                                 |
      | READ COMMITTED  | READ COMMITTED  | directly | no step failed                           |
      | REPEATABLE READ | REPEATABLE READ | directly | steps failed only with a retryable error |

  Scenario: and prepared then
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                           | B                        | C                           |
      | begins                      | inserts a post of user 1 | commits what A has prepared |
      | renames user 1              |                          |                             |
      | sets a savepoint            |                          |                             |
      | retitles post 2             |                          |                             |
      | rolls back to the savepoint |                          |                             |
      | prepares its transaction    |                          |                             |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And no step failed
