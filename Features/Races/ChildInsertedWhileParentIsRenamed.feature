Feature: A child is inserted while its parent is renamed

  A session renames user 1; another one inserts a post of user 1. Neither sees what the
  other has not committed, so each may compute the TVIEW without the other's change, and
  the new post keeps the old name for ever.

  Scenario Outline: in every permutation of their steps
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A              | B                        |
      | begins         | begins                   |
      | renames user 1 | inserts a post of user 1 |
      | commits        | commits                  |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                   | level           | route                       | failures                                 |
      | READ COMMITTED         | READ COMMITTED  | directly                    | no step failed                           |
      | REPEATABLE READ        | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | SERIALIZABLE           | SERIALIZABLE    | directly                    | steps failed only with a retryable error |
      | READ COMMITTED, pooled | READ COMMITTED  | through transaction pooling | no step failed                           |

  # A prepared transaction has refreshed what it saw, and nobody sees that yet.
  Scenario Outline: while the parent's transaction is prepared
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B                        | C                           |
      | begins                   | begins                   | commits what A has prepared |
      | renames user 1           | inserts a post of user 1 |                             |
      | prepares its transaction | commits                  |                             |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                   | level           | route                       | failures                                 |
      | READ COMMITTED         | READ COMMITTED  | directly                    | no step failed                           |
      | REPEATABLE READ        | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | READ COMMITTED, pooled | READ COMMITTED  | through transaction pooling | no step failed                           |

  Scenario Outline: while the child's transaction is prepared
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B              | C                           |
      | begins                   | renames user 1 | commits what A has prepared |
      | inserts a post of user 1 |                |                             |
      | prepares its transaction |                |                             |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                   | level           | route                       | failures                                 |
      | READ COMMITTED         | READ COMMITTED  | directly                    | no step failed                           |
      | REPEATABLE READ        | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | READ COMMITTED, pooled | READ COMMITTED  | through transaction pooling | no step failed                           |

  Scenario Outline: while the parent's transaction is held between computing its rows and writing them
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                              | B                        |
      | begins                         | inserts a post of user 1 |
      | renames user 1                 |                          |
      | commits, held before it writes |                          |
      | is released                    |                          |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                   | level           | route                       | failures                                 |
      | READ COMMITTED         | READ COMMITTED  | directly                    | no step failed                           |
      | REPEATABLE READ        | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | SERIALIZABLE           | SERIALIZABLE    | directly                    | steps failed only with a retryable error |
      | READ COMMITTED, pooled | READ COMMITTED  | through transaction pooling | no step failed                           |

  Scenario: while both are held between computing their rows and writing them
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                              | B                              |
      | begins                         | begins                         |
      | renames user 1                 | inserts a post of user 1       |
      | commits, held before it writes | commits, held before it writes |
      | is released                    | is released                    |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And no step failed
