Feature: The same new row from two sessions

  Two sessions insert the post with the same key. The second one waits for the first; what
  it does then, and what it may be told, is PostgreSQL's to say. The TVIEW has the row once.

  Scenario Outline: whatever the order of their steps
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B             |
      | begins                   | begins        |
      | inserts post 7 of user 1 | <what B does> |
      | commits                  | commits       |
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was <refused>

    Examples:
      | what B does                                 | level           | route                       | refused                          |
      | inserts post 7 of user 1                    | READ COMMITTED  | directly                    | refused only with 23505          |
      | inserts post 7 of user 1                    | REPEATABLE READ | directly                    | refused only with 23505 or 40001 |
      | inserts post 7 of user 1                    | READ COMMITTED  | through transaction pooling | refused only with 23505          |
      | inserts post 7 of user 2 unless it is there | READ COMMITTED  | directly                    | refused only with 23505          |
      | inserts post 7 of user 2 unless it is there | REPEATABLE READ | directly                    | refused only with 23505 or 40001 |
      | inserts post 7 of user 2 unless it is there | READ COMMITTED  | through transaction pooling | refused only with 23505          |
      | inserts post 7 of user 2 or retitles it     | READ COMMITTED  | directly                    | refused only with 23505          |
      | inserts post 7 of user 2 or retitles it     | REPEATABLE READ | directly                    | refused only with 23505 or 40001 |
      | inserts post 7 of user 2 or retitles it     | READ COMMITTED  | through transaction pooling | refused only with 23505          |
