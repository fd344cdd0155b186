Feature: Each inserts a post of its own user and renames the other's

  Each of two transactions inserts a post for one user and then renames the other one's.
  Base rows do not clash; but an engine that locks what a transaction changed first and
  what it read afterwards, or row after row as they come, locks crosswise and deadlocks.

  Scenario: in every permutation of their steps
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                        | B                        |
      | begins                   | begins                   |
      | inserts a post of user 1 | inserts a post of user 2 |
      | renames user 2           | renames user 1           |
      | commits                  | commits                  |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And no step failed

  Scenario Outline: at stricter levels
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B              |
      | begins                   | begins         |
      | inserts a post of user 1 | renames user 1 |
      | renames user 2           | commits        |
      | commits                  |                |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case            | level           | route    | failures                                 |
      | REPEATABLE READ | REPEATABLE READ | directly | steps failed only with a retryable error |
      | SERIALIZABLE    | SERIALIZABLE    | directly | steps failed only with a retryable error |

  Scenario Outline: both held back by a prepared transaction until both wait
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B                        | C                        | D                           |
      | begins                   | begins                   | begins                   | commits what C has prepared |
      | inserts a post of user 1 | inserts a post of user 2 | inserts a post of user 1 |                             |
      | renames user 2           | renames user 1           | inserts a post of user 2 |                             |
      | commits                  | commits                  | prepares its transaction |                             |
    When they take their steps in the permutation CCCCAAAABBBBD
    Then after this permutation the TVIEW contract held
    And <failures>
    And in every permutation session A had to wait
    And in every permutation session B had to wait

    Examples:
      | case                   | level          | route                       | failures       |
      | READ COMMITTED         | READ COMMITTED | directly                    | no step failed |
      | READ COMMITTED, pooled | READ COMMITTED | through transaction pooling | no step failed |
