Feature: One transaction writes on two levels

  tv_post reads tv_user, which reads tv_company. A transaction retitles a post and renames
  the author's company: the post's row is owed by itself and once more by the cascade, and
  must be written once, after the rows that it reads.

  Scenario Outline: whatever the order of their steps
    Given 2 companies, 3 users and 6 posts, and TVIEWs on three levels
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                 | B             |
      | begins            | <what B does> |
      | retitles post 1   |               |
      | renames company 2 |               |
      | commits           |               |
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was <refused>

    Examples:
      | what B does              | level          | route                       | refused       |
      | renames user 1           | READ COMMITTED | directly                    | never refused |
      | renames user 1           | READ COMMITTED | through transaction pooling | never refused |
      | inserts a post of user 1 | READ COMMITTED | directly                    | never refused |
      | inserts a post of user 1 | READ COMMITTED | through transaction pooling | never refused |

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
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was <refused>

    Examples:
      | level           | route    | refused                 |
      | REPEATABLE READ | directly | refused only with 40001 |
      | SERIALIZABLE    | directly | refused only with 40001 |

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
      | goes on                        |                           |
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was never refused
