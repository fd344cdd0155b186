Feature: TRUNCATE against INSERT

  TRUNCATE empties the table for everybody at once. Who has inserted before is waited for,
  who inserts later waits; and no row of the TVIEW outlives its post.

  Scenario Outline: whatever the order of their steps
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                   | B                        |
      | begins              | begins                   |
      | truncates the posts | inserts a post of user 1 |
      | commits             | commits                  |
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was <refused>

    Examples:
      | level          | route                       | refused       |
      | READ COMMITTED | directly                    | never refused |
      | READ COMMITTED | through transaction pooling | never refused |

  Scenario: while the posts' author is renamed
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                              | B                   |
      | begins                         | truncates the posts |
      | renames user 1                 |                     |
      | commits, held before it writes |                     |
      | goes on                        |                     |
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was never refused
