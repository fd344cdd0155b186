Feature: Two writers of one TVIEW row through different tables

  One session renames an author, another one retitles a post of that author. They lock
  different rows of different tables, and write the same row of the TVIEW: whoever writes
  last must not bring back what it read before the other one committed.

  Scenario Outline: in every permutation of their steps
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A              | B               |
      | begins         | begins          |
      | renames user 1 | retitles post 1 |
      | commits        | commits         |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                   | level           | route                       | failures                                 |
      | READ COMMITTED         | READ COMMITTED  | directly                    | no step failed                           |
      | REPEATABLE READ        | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | SERIALIZABLE           | SERIALIZABLE    | directly                    | steps failed only with a retryable error |
      | READ COMMITTED, pooled | READ COMMITTED  | through transaction pooling | no step failed                           |

  Scenario Outline: while the first is held between computing its rows and writing them
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                              | B               |
      | begins                         | retitles post 1 |
      | renames user 1                 |                 |
      | commits, held before it writes |                 |
      | is released                    |                 |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                   | level           | route                       | failures                                 |
      | READ COMMITTED         | READ COMMITTED  | directly                    | no step failed                           |
      | REPEATABLE READ        | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | SERIALIZABLE           | SERIALIZABLE    | directly                    | steps failed only with a retryable error |
      | READ COMMITTED, pooled | READ COMMITTED  | through transaction pooling | no step failed                           |
