Feature: A writer after a CREATE that was rolled back

  A session creates a TVIEW and rolls back. Nobody who writes before, meanwhile or after
  that may meet anything of it.

  Scenario Outline: in every permutation of their steps
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                          | B                        |
      | begins                     | inserts a post of user 1 |
      | creates the TVIEW tv_extra | renames user 1           |
      | rolls back                 |                          |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                   | level          | route                       | failures       |
      | READ COMMITTED         | READ COMMITTED | directly                    | no step failed |
      | READ COMMITTED, pooled | READ COMMITTED | through transaction pooling | no step failed |

  Scenario: and then created for good
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                          | B                        |
      | begins                     | inserts a post of user 1 |
      | creates the TVIEW tv_extra |                          |
      | rolls back                 |                          |
      | creates the TVIEW tv_extra |                          |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And no step failed
