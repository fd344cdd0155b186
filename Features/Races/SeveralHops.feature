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
      | goes on                        |               |
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was <refused>

    Examples:
      | what B does               | level           | route                       | refused                 |
      | inserts a post of user 1  | READ COMMITTED  | directly                    | never refused           |
      | inserts a post of user 1  | REPEATABLE READ | directly                    | refused only with 40001 |
      | inserts a post of user 1  | READ COMMITTED  | through transaction pooling | never refused           |
      | moves user 1 to company 1 | READ COMMITTED  | directly                    | never refused           |
      | moves user 1 to company 1 | REPEATABLE READ | directly                    | refused only with 40001 |
      | moves user 1 to company 1 | READ COMMITTED  | through transaction pooling | never refused           |
      | moves user 2 to company 2 | READ COMMITTED  | directly                    | never refused           |
      | moves user 2 to company 2 | REPEATABLE READ | directly                    | refused only with 40001 |
      | moves user 2 to company 2 | READ COMMITTED  | through transaction pooling | never refused           |

  Scenario Outline: while the rename is prepared
    Given 2 companies, 3 users and 6 posts, and the TVIEW tv_post that shows each post with its author's company
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B             | C                           |
      | begins                   | <what B does> | commits what A has prepared |
      | renames company 2        |               |                             |
      | prepares its transaction |               |                             |
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was <refused>

    Examples:
      | what B does               | level          | route    | refused       |
      | inserts a post of user 1  | READ COMMITTED | directly | never refused |
      | moves user 2 to company 2 | READ COMMITTED | directly | never refused |
