Feature: Two sessions create the same TVIEW

  One of them creates it; the other one is told that it is there (42P07), never that a
  catalogue's index has two of it (23505).

  Scenario: whatever the order of their steps
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                          | B                          |
      | begins                     | begins                     |
      | creates the TVIEW tv_extra | creates the TVIEW tv_extra |
      | commits                    | commits                    |
      |                            | inserts a post of user 1   |
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was refused only with 42P07
    And in every order one session was refused with 42P07 and no other
    And in some order session A had to wait
    And in some order session B had to wait
