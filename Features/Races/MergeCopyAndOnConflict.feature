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
      | is released                    |                |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                                                         | what A does                                 | level           | route    | failures                                 |
      | merges post 1 of user 1, READ COMMITTED                      | merges post 1 of user 1                     | READ COMMITTED  | directly | no step failed                           |
      | merges post 1 of user 1, REPEATABLE READ                     | merges post 1 of user 1                     | REPEATABLE READ | directly | steps failed only with a retryable error |
      | merges post 9 of user 1, READ COMMITTED                      | merges post 9 of user 1                     | READ COMMITTED  | directly | no step failed                           |
      | merges post 9 of user 1, REPEATABLE READ                     | merges post 9 of user 1                     | REPEATABLE READ | directly | steps failed only with a retryable error |
      | copies two posts of user 1, READ COMMITTED                   | copies two posts of user 1                  | READ COMMITTED  | directly | no step failed                           |
      | copies two posts of user 1, REPEATABLE READ                  | copies two posts of user 1                  | REPEATABLE READ | directly | steps failed only with a retryable error |
      | inserts post 1 of user 1 or retitles it, READ COMMITTED      | inserts post 1 of user 1 or retitles it     | READ COMMITTED  | directly | no step failed                           |
      | inserts post 1 of user 1 or retitles it, REPEATABLE READ     | inserts post 1 of user 1 or retitles it     | REPEATABLE READ | directly | steps failed only with a retryable error |
      | inserts post 9 of user 1 unless it is there, READ COMMITTED  | inserts post 9 of user 1 unless it is there | READ COMMITTED  | directly | no step failed                           |
      | inserts post 9 of user 1 unless it is there, REPEATABLE READ | inserts post 9 of user 1 unless it is there | REPEATABLE READ | directly | steps failed only with a retryable error |
