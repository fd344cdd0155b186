Feature: A change several joins away

  A company's name is shown with every post of every user of the company: two joins away.
  The rows that a rename concerns depend on rows that others are changing.

  Scenario Outline: while the first is held between computing its rows and writing them
    Given 2 companies, 3 users and 6 posts, and the TVIEW tv_post that shows each post with its author's company
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                              | B             |
      | begins                         | <what B does> |
      | renames company 2              |               |
      | commits, held before it writes |               |
      | is released                    |               |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                                              | what B does               | level           | route                       | failures                                 |
      | inserts a post of user 1, READ COMMITTED          | inserts a post of user 1  | READ COMMITTED  | directly                    | no step failed                           |
      | inserts a post of user 1, REPEATABLE READ         | inserts a post of user 1  | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | inserts a post of user 1, READ COMMITTED, pooled  | inserts a post of user 1  | READ COMMITTED  | through transaction pooling | no step failed                           |
      | moves user 1 to company 1, READ COMMITTED         | moves user 1 to company 1 | READ COMMITTED  | directly                    | no step failed                           |
      | moves user 1 to company 1, REPEATABLE READ        | moves user 1 to company 1 | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | moves user 1 to company 1, READ COMMITTED, pooled | moves user 1 to company 1 | READ COMMITTED  | through transaction pooling | no step failed                           |
      | moves user 2 to company 2, READ COMMITTED         | moves user 2 to company 2 | READ COMMITTED  | directly                    | no step failed                           |
      | moves user 2 to company 2, REPEATABLE READ        | moves user 2 to company 2 | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | moves user 2 to company 2, READ COMMITTED, pooled | moves user 2 to company 2 | READ COMMITTED  | through transaction pooling | no step failed                           |

  Scenario Outline: while the rename is prepared
    Given 2 companies, 3 users and 6 posts, and the TVIEW tv_post that shows each post with its author's company
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B             | C                           |
      | begins                   | <what B does> | commits what A has prepared |
      | renames company 2        |               |                             |
      | prepares its transaction |               |                             |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                                      | what B does               | level          | route    | failures       |
      | inserts a post of user 1, READ COMMITTED  | inserts a post of user 1  | READ COMMITTED | directly | no step failed |
      | moves user 2 to company 2, READ COMMITTED | moves user 2 to company 2 | READ COMMITTED | directly | no step failed |

  # As long as user 2 is in no company, her posts lead to none: A has no row of tv_company to lock.
  Scenario Outline: an author comes to a company, while a title of hers is prepared
    Given 2 companies, 3 users (user 2 in none), 6 posts, and the TVIEW tv_company that lists a company's posts
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B                         | C                           |
      | begins                   | moves user 2 to company 1 | commits what A has prepared |
      | retitles post 2          |                           |                             |
      | prepares its transaction |                           |                             |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                   | level           | route                       | failures                                 |
      | READ COMMITTED         | READ COMMITTED  | directly                    | no step failed                           |
      | REPEATABLE READ        | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | READ COMMITTED, pooled | READ COMMITTED  | through transaction pooling | no step failed                           |

  # User 2 comes to a company whose new name nobody can see yet.
  Scenario Outline: over three levels of TVIEWs, while the rename is prepared
    Given 2 companies, 3 users and 6 posts, and TVIEWs on three levels
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B             | C                           |
      | begins                   | <what B does> | commits what A has prepared |
      | renames company 2        |               |                             |
      | prepares its transaction |               |                             |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                                              | what B does               | level           | route                       | failures                                 |
      | moves user 2 to company 2, READ COMMITTED         | moves user 2 to company 2 | READ COMMITTED  | directly                    | no step failed                           |
      | moves user 2 to company 2, READ COMMITTED, pooled | moves user 2 to company 2 | READ COMMITTED  | through transaction pooling | no step failed                           |
      | inserts a post of user 1, READ COMMITTED          | inserts a post of user 1  | READ COMMITTED  | directly                    | no step failed                           |
      | inserts a post of user 1, READ COMMITTED, pooled  | inserts a post of user 1  | READ COMMITTED  | through transaction pooling | no step failed                           |
      | moves user 2 to company 2, REPEATABLE READ        | moves user 2 to company 2 | REPEATABLE READ | directly                    | steps failed only with a retryable error |
