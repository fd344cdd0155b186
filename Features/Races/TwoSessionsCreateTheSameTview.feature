Feature: Two sessions create the same TVIEW

  One of them creates it; the other one is told that it is there, never that a
  catalogue's index has two of it (23505).

  Scenario: in every permutation of their steps
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                          | B                          |
      | begins                     | begins                     |
      | creates the TVIEW tv_extra | creates the TVIEW tv_extra |
      | commits                    | commits                    |
      |                            | inserts a post of user 1   |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And steps failed only with the error for a duplicate
    And in every permutation exactly one step failed with the error for a duplicate
    And in some permutation session A had to wait
    And in some permutation session B had to wait
