Feature: A foreign key is moved while its old or its new parent is renamed

  A post moves from user 1 to user 2. What is computed for it must show the author that it
  has in the end, with the name that this author has in the end; and whatever is counted
  for the old author must be counted anew.

  Scenario Outline: while the first is held between computing its rows and writing them
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                              | B             |
      | begins                         | renames <who> |
      | moves post 1 to user 2         |               |
      | commits, held before it writes |               |
      | is released                    |               |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                           | who    | level           | route                       | failures                                 |
      | user 1, READ COMMITTED         | user 1 | READ COMMITTED  | directly                    | no step failed                           |
      | user 1, REPEATABLE READ        | user 1 | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | user 1, READ COMMITTED, pooled | user 1 | READ COMMITTED  | through transaction pooling | no step failed                           |
      | user 2, READ COMMITTED         | user 2 | READ COMMITTED  | directly                    | no step failed                           |
      | user 2, REPEATABLE READ        | user 2 | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | user 2, READ COMMITTED, pooled | user 2 | READ COMMITTED  | through transaction pooling | no step failed                           |

  Scenario Outline: while the move is prepared
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B             | C                           |
      | begins                   | renames <who> | commits what A has prepared |
      | moves post 1 to user 2   |               |                             |
      | prepares its transaction |               |                             |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                   | who    | level          | route    | failures       |
      | user 1, READ COMMITTED | user 1 | READ COMMITTED | directly | no step failed |
      | user 2, READ COMMITTED | user 2 | READ COMMITTED | directly | no step failed |

  # Post 3 is one of the old author, post 4 one of the new.
  Scenario Outline: the old and the new parent are counted anew
    Given 3 users with 6 posts, and the TVIEW tv_count that counts each user's posts
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                              | B                   |
      | begins                         | deletes post <post> |
      | moves post 1 to user 2         |                     |
      | commits, held before it writes |                     |
      | is released                    |                     |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                           | post | level           | route                       | failures                                 |
      | post 3, READ COMMITTED         | 3    | READ COMMITTED  | directly                    | no step failed                           |
      | post 3, REPEATABLE READ        | 3    | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | post 3, READ COMMITTED, pooled | 3    | READ COMMITTED  | through transaction pooling | no step failed                           |
      | post 4, READ COMMITTED         | 4    | READ COMMITTED  | directly                    | no step failed                           |
      | post 4, REPEATABLE READ        | 4    | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | post 4, READ COMMITTED, pooled | 4    | READ COMMITTED  | through transaction pooling | no step failed                           |

  Scenario: nobody else writes, and the old parent is counted anew
    Given 3 users with 6 posts, and the TVIEW tv_count that counts each user's posts
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                      |
      | begins                 |
      | moves post 1 to user 2 |
      | commits                |
    When they take their steps in the permutation AAA
    Then after this permutation the TVIEW contract held
    And no step failed
