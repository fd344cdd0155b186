Feature: The same new row from two sessions

  Two sessions insert the post with the same key. The second one waits for the first; what
  it does then, and what it may be told, is PostgreSQL's to say. The TVIEW has the row once.

  Scenario Outline: in every permutation of their steps
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B             |
      | begins                   | begins        |
      | inserts post 7 of user 1 | <what B does> |
      | commits                  | commits       |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                                                                | what B does                                 | level           | route                       | failures                                          |
      | inserts post 7 of user 1, READ COMMITTED                            | inserts post 7 of user 1                    | READ COMMITTED  | directly                    | steps failed only with 23505                      |
      | inserts post 7 of user 1, REPEATABLE READ                           | inserts post 7 of user 1                    | REPEATABLE READ | directly                    | steps failed only with 23505 or a retryable error |
      | inserts post 7 of user 1, READ COMMITTED, pooled                    | inserts post 7 of user 1                    | READ COMMITTED  | through transaction pooling | steps failed only with 23505                      |
      | inserts post 7 of user 2 unless it is there, READ COMMITTED         | inserts post 7 of user 2 unless it is there | READ COMMITTED  | directly                    | steps failed only with 23505                      |
      | inserts post 7 of user 2 unless it is there, REPEATABLE READ        | inserts post 7 of user 2 unless it is there | REPEATABLE READ | directly                    | steps failed only with 23505 or a retryable error |
      | inserts post 7 of user 2 unless it is there, READ COMMITTED, pooled | inserts post 7 of user 2 unless it is there | READ COMMITTED  | through transaction pooling | steps failed only with 23505                      |
      | inserts post 7 of user 2 or retitles it, READ COMMITTED             | inserts post 7 of user 2 or retitles it     | READ COMMITTED  | directly                    | steps failed only with 23505                      |
      | inserts post 7 of user 2 or retitles it, REPEATABLE READ            | inserts post 7 of user 2 or retitles it     | REPEATABLE READ | directly                    | steps failed only with 23505 or a retryable error |
      | inserts post 7 of user 2 or retitles it, READ COMMITTED, pooled     | inserts post 7 of user 2 or retitles it     | READ COMMITTED  | through transaction pooling | steps failed only with 23505                      |
