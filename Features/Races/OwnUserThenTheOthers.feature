Feature: Each inserts a post of its own user and renames the other's

  Each of two transactions inserts a post for one user and then renames the other one's.
  Base rows do not clash; but an engine that locks what a transaction changed first and
  what it read afterwards, or row after row as they come, locks crosswise and deadlocks.

  Scenario: whatever the order of their steps
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                        | B                        |
      | begins                   | begins                   |
      | inserts a post of user 1 | inserts a post of user 2 |
      | renames user 2           | renames user 1           |
      | commits                  | commits                  |
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was never refused

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
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was <refused>

    Examples:
      | level           | route    | refused                 |
      | REPEATABLE READ | directly | refused only with 40001 |
      | SERIALIZABLE    | directly | refused only with 40001 |

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
    When they take their steps in the order CCCCAAAABBBBD
    Then after this order the TVIEW contract held
    And a step was <refused>
    And in every order session A had to wait
    And in every order session B had to wait

    Examples:
      | level          | route                       | refused       |
      | READ COMMITTED | directly                    | never refused |
      | READ COMMITTED | through transaction pooling | never refused |
