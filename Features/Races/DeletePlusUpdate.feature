Feature: A row is deleted while it is updated

  A session renames user 1 and computes the rows of the posts; before it writes them,
  another one deletes one of these posts. Written after that, the row would be a ghost.

  Scenario Outline: while the first is held between computing its rows and writing them
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                              | B              |
      | begins                         | deletes post 1 |
      | renames user 1                 |                |
      | commits, held before it writes |                |
      | is released                    |                |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                   | level           | route                       | failures                                 |
      | READ COMMITTED         | READ COMMITTED  | directly                    | no step failed                           |
      | REPEATABLE READ        | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | SERIALIZABLE           | SERIALIZABLE    | directly                    | steps failed only with a retryable error |
      | READ COMMITTED, pooled | READ COMMITTED  | through transaction pooling | no step failed                           |

  Scenario Outline: in every permutation of their steps
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A              | B               |
      | begins         | begins          |
      | deletes post 1 | retitles post 1 |
      | commits        | commits         |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case            | level           | route    | failures                                 |
      | READ COMMITTED  | READ COMMITTED  | directly | no step failed                           |
      | REPEATABLE READ | REPEATABLE READ | directly | steps failed only with a retryable error |

  Scenario Outline: deleted and inserted again in one transaction
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B              |
      | begins                   | renames user 2 |
      | deletes post 1           |                |
      | inserts post 1 of user 2 |                |
      | commits                  |                |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case            | level           | route    | failures                                 |
      | READ COMMITTED  | READ COMMITTED  | directly | no step failed                           |
      | REPEATABLE READ | REPEATABLE READ | directly | steps failed only with a retryable error |
