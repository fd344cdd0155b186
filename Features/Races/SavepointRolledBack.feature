Feature: A savepoint is rolled back after earlier work of the same transaction

  What a transaction did before its savepoint stays owed when it rolls back to it; what it
  did after it does not.

  Scenario Outline: whatever the order of their steps
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                           | B             |
      | begins                      | <what B does> |
      | renames user 1              |               |
      | sets a savepoint            |               |
      | retitles post 1             |               |
      | rolls back to the savepoint |               |
      | commits                     |               |
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was <refused>

    Examples:
      | what B does              | level          | route                       | refused       |
      | inserts a post of user 1 | READ COMMITTED | directly                    | never refused |
      | inserts a post of user 1 | READ COMMITTED | through transaction pooling | never refused |
      | retitles post 2          | READ COMMITTED | directly                    | never refused |
      | retitles post 2          | READ COMMITTED | through transaction pooling | never refused |

  Scenario Outline: the same row before and after the savepoint
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                           | B              |
      | begins                      | renames user 1 |
      | retitles post 1             |                |
      | sets a savepoint            |                |
      | retitles post 1             |                |
      | rolls back to the savepoint |                |
      | commits                     |                |
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was <refused>

    Examples:
      | level           | route    | refused                 |
      | READ COMMITTED  | directly | never refused           |
      | REPEATABLE READ | directly | refused only with 40001 |

  Scenario: and prepared then
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                           | B                        | C                           |
      | begins                      | inserts a post of user 1 | commits what A has prepared |
      | renames user 1              |                          |                             |
      | sets a savepoint            |                          |                             |
      | retitles post 2             |                          |                             |
      | rolls back to the savepoint |                          |                             |
      | prepares its transaction    |                          |                             |
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was never refused
