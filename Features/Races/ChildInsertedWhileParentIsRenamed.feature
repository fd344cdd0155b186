Feature: A child is inserted while its parent is renamed

  A session renames user 1; another one inserts a post of user 1. Neither sees what the
  other has not committed, so each may compute the TVIEW without the other's change, and
  the new post keeps the old name for ever.

  Scenario Outline: whatever the order of their steps
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A              | B                        |
      | begins         | begins                   |
      | renames user 1 | inserts a post of user 1 |
      | commits        | commits                  |
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was <refused>

    Examples:
      | level           | route                       | refused                 |
      | READ COMMITTED  | directly                    | never refused           |
      | REPEATABLE READ | directly                    | refused only with 40001 |
      | SERIALIZABLE    | directly                    | refused only with 40001 |
      | READ COMMITTED  | through transaction pooling | never refused           |
