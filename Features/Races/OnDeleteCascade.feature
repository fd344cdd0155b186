Feature: ON DELETE CASCADE

  Deleting a user deletes the user's posts by the foreign key, without a statement that
  names them. Both TVIEWs must follow, whatever others do to these posts meanwhile. (Who
  inserts a post of a user who is gone is refused with 23503 by the foreign key itself.)

  Scenario Outline: in every permutation of their steps
    Given 3 users with 6 posts that go with their user, and both the TVIEW tv_post and the TVIEW tv_count
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A              | B             |
      | begins         | <what B does> |
      | deletes user 1 |               |
      | commits        |               |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                                             | what B does              | level           | route                       | failures                                          |
      | inserts a post of user 1, READ COMMITTED         | inserts a post of user 1 | READ COMMITTED  | directly                    | steps failed only with 23503                      |
      | inserts a post of user 1, REPEATABLE READ        | inserts a post of user 1 | REPEATABLE READ | directly                    | steps failed only with 23503 or a retryable error |
      | inserts a post of user 1, READ COMMITTED, pooled | inserts a post of user 1 | READ COMMITTED  | through transaction pooling | steps failed only with 23503                      |
      | retitles post 1, READ COMMITTED                  | retitles post 1          | READ COMMITTED  | directly                    | steps failed only with 23503                      |
      | retitles post 1, REPEATABLE READ                 | retitles post 1          | REPEATABLE READ | directly                    | steps failed only with 23503 or a retryable error |
      | retitles post 1, READ COMMITTED, pooled          | retitles post 1          | READ COMMITTED  | through transaction pooling | steps failed only with 23503                      |
      | moves post 1 to user 2, READ COMMITTED           | moves post 1 to user 2   | READ COMMITTED  | directly                    | steps failed only with 23503                      |
      | moves post 1 to user 2, REPEATABLE READ          | moves post 1 to user 2   | REPEATABLE READ | directly                    | steps failed only with 23503 or a retryable error |
      | moves post 1 to user 2, READ COMMITTED, pooled   | moves post 1 to user 2   | READ COMMITTED  | through transaction pooling | steps failed only with 23503                      |
