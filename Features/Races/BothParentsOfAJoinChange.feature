Feature: Both parents of a join change at once

  A row of the TVIEW shows a post, its author and the author's company. One session
  renames the author, another one the company; each computes the row with the other's
  old name, and the last one to write wins.

  Scenario Outline: while the first is held between computing its rows and writing them
    Given 2 companies, 3 users and 6 posts, and the TVIEW tv_post that shows each post with its author's company
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                              | B                 |
      | begins                         | renames company 2 |
      | renames user 1                 |                   |
      | commits, held before it writes |                   |
      | is released                    |                   |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                   | level           | route                       | failures                                 |
      | READ COMMITTED         | READ COMMITTED  | directly                    | no step failed                           |
      | REPEATABLE READ        | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | SERIALIZABLE           | SERIALIZABLE    | directly                    | steps failed only with a retryable error |
      | READ COMMITTED, pooled | READ COMMITTED  | through transaction pooling | no step failed                           |

  Scenario Outline: while one transaction is prepared
    Given 2 companies, 3 users and 6 posts, and the TVIEW tv_post that shows each post with its author's company
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B              | C                           |
      | begins                   | renames user 1 | commits what A has prepared |
      | renames company 2        |                |                             |
      | prepares its transaction |                |                             |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case            | level           | route    | failures                                 |
      | READ COMMITTED  | READ COMMITTED  | directly | no step failed                           |
      | REPEATABLE READ | REPEATABLE READ | directly | steps failed only with a retryable error |
