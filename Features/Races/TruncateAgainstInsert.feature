Feature: TRUNCATE against INSERT

  TRUNCATE empties the table for everybody at once. Who has inserted before is waited for,
  who inserts later waits; and no row of the TVIEW outlives its post.

  Scenario Outline: in every permutation of their steps
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                   | B                        |
      | begins              | begins                   |
      | truncates the posts | inserts a post of user 1 |
      | commits             | commits                  |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                   | level          | route                       | failures       |
      | READ COMMITTED         | READ COMMITTED | directly                    | no step failed |
      | READ COMMITTED, pooled | READ COMMITTED | through transaction pooling | no step failed |

  Scenario: while the posts' author is renamed
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                              | B                   |
      | begins                         | truncates the posts |
      | renames user 1                 |                     |
      | commits, held before it writes |                     |
      | is released                    |                     |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And no step failed
