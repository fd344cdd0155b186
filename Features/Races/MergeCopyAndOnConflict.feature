Feature: MERGE, COPY and ON CONFLICT while the parent is renamed

  Not only INSERT and UPDATE write posts. Whatever statement does, its rows show the name
  that their author has in the end.

  Scenario Outline: while the first is held between computing its rows and writing them
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                              | B              |
      | begins                         | renames user 1 |
      | <what A does>                  |                |
      | commits, held before it writes |                |
      | goes on                        |                |
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was <refused>

    Examples:
      | what A does                                 | level           | route    | refused                 |
      | merges post 1 of user 1                     | READ COMMITTED  | directly | never refused           |
      | merges post 1 of user 1                     | REPEATABLE READ | directly | refused only with 40001 |
      | merges post 9 of user 1                     | READ COMMITTED  | directly | never refused           |
      | merges post 9 of user 1                     | REPEATABLE READ | directly | refused only with 40001 |
      | copies two posts of user 1                  | READ COMMITTED  | directly | never refused           |
      | copies two posts of user 1                  | REPEATABLE READ | directly | refused only with 40001 |
      | inserts post 1 of user 1 or retitles it     | READ COMMITTED  | directly | never refused           |
      | inserts post 1 of user 1 or retitles it     | REPEATABLE READ | directly | refused only with 40001 |
      | inserts post 9 of user 1 unless it is there | READ COMMITTED  | directly | never refused           |
      | inserts post 9 of user 1 unless it is there | REPEATABLE READ | directly | refused only with 40001 |
