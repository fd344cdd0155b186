Feature: One transaction writes on two levels

  tv_post reads tv_user, which reads tv_company. A transaction retitles a post and renames
  the author's company: the post's row is owed by itself and once more by the cascade, and
  must be written once, after the rows that it reads.

  Scenario Outline: in every permutation of their steps
    Given 2 companies, 3 users and 6 posts, and TVIEWs on three levels
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                 | B             |
      | begins            | <what B does> |
      | retitles post 1   |               |
      | renames company 2 |               |
      | commits           |               |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                                             | what B does              | level          | route                       | failures       |
      | renames user 1, READ COMMITTED                   | renames user 1           | READ COMMITTED | directly                    | no step failed |
      | renames user 1, READ COMMITTED, pooled           | renames user 1           | READ COMMITTED | through transaction pooling | no step failed |
      | inserts a post of user 1, READ COMMITTED         | inserts a post of user 1 | READ COMMITTED | directly                    | no step failed |
      | inserts a post of user 1, READ COMMITTED, pooled | inserts a post of user 1 | READ COMMITTED | through transaction pooling | no step failed |

  Scenario Outline: at stricter levels
    Given 2 companies, 3 users and 6 posts, and TVIEWs on three levels
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                 | B              |
      | begins            | renames user 1 |
      | retitles post 1   |                |
      | renames company 2 |                |
      | commits           |                |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case            | level           | route    | failures                                 |
      | REPEATABLE READ | REPEATABLE READ | directly | steps failed only with a retryable error |
      | SERIALIZABLE    | SERIALIZABLE    | directly | steps failed only with a retryable error |

  Scenario: while its lowest level is held between computing its rows and writing them
    Given 2 companies, 3 users and 6 posts, and TVIEWs on three levels
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                              | B                         |
      | begins                         | moves user 2 to company 2 |
      | retitles post 1                |                           |
      | renames company 2              |                           |
      | commits, held before it writes |                           |
      | is released                    |                           |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And no step failed
