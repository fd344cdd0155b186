Feature: A join target that did not exist yet, or goes

  The TVIEW shows every post, also of users who are not there. A session inserts user 9,
  another one a post of user 9: there is no row yet that both could have locked. Or a session
  deletes user 3, who has no posts, while another one inserts his first: no foreign key keeps
  them apart, and no row of the TVIEW is written by both.

  Scenario Outline: while the user's transaction is prepared
    Given 3 users with 6 posts that may name users who are not there, and the TVIEW tv_post
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B                        | C                           |
      | begins                   | inserts a post of user 9 | commits what A has prepared |
      | inserts user 9           |                          |                             |
      | prepares its transaction |                          |                             |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                   | level           | route                       | failures                                 |
      | READ COMMITTED         | READ COMMITTED  | directly                    | no step failed                           |
      | REPEATABLE READ        | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | READ COMMITTED, pooled | READ COMMITTED  | through transaction pooling | no step failed                           |

  Scenario Outline: while the post's transaction is held between computing its row and writing it
    Given 3 users with 6 posts that may name users who are not there, and the TVIEW tv_post
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                              | B              |
      | begins                         | inserts user 9 |
      | inserts a post of user 9       |                |
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

  Scenario Outline: while the user goes, and that is prepared
    Given 3 users with 6 posts that may name users who are not there, and the TVIEW tv_post
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B                        | C                           |
      | begins                   | inserts a post of user 3 | commits what A has prepared |
      | deletes user 3           |                          |                             |
      | prepares its transaction |                          |                             |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                   | level           | route                       | failures                                 |
      | READ COMMITTED         | READ COMMITTED  | directly                    | no step failed                           |
      | REPEATABLE READ        | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | READ COMMITTED, pooled | READ COMMITTED  | through transaction pooling | no step failed                           |
