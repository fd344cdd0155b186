Feature: A refresh that fails

  The TVIEW cannot show a post without a title: its query divides by the title's length.
  Whoever inserts such a post must be told, and nothing of his transaction may stay.

  Scenario Outline: whatever the order of their steps
    Given 3 users with 6 posts, and a TVIEW tv_post that cannot show a post without a title
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                                        | B              |
      | begins                                   | renames user 1 |
      | renames user 2                           |                |
      | inserts a post of user 1 without a title |                |
      | commits                                  |                |
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was <refused>
    And in every order session A was refused with 22012

    Examples:
      | level          | route                       | refused                 |
      | READ COMMITTED | directly                    | refused only with 22012 |
      | READ COMMITTED | through transaction pooling | refused only with 22012 |

  Scenario: where the snapshot is too old to try
    Given 3 users with 6 posts, and a TVIEW tv_post that cannot show a post without a title
    And the isolation level REPEATABLE READ
    And sessions that connect directly
    And these sessions
      | A                                        | B              |
      | begins                                   | renames user 1 |
      | renames user 2                           |                |
      | inserts a post of user 1 without a title |                |
      | commits                                  |                |
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was refused only with 22012 or 40001
    And in some order a step was refused with 22012
    And in some order a step was refused with 40001
