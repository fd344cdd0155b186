Feature: A key changes, or goes

  The foreign key says ON DELETE SET NULL and ON UPDATE CASCADE: where a user goes or gets
  another key, PostgreSQL itself writes the posts, without a statement that names them. A row
  whose key changes is another row to the TVIEW; nothing may stay under the old key.

  Scenario Outline: in every permutation of their steps
    Given 3 users with 6 posts that stay without their user, and both the TVIEW tv_post and the TVIEW tv_author
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A             | B             |
      | begins        | <what B does> |
      | <what A does> |               |
      | commits       |               |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                                                             | what A does            | what B does             | level           | route                       | failures                                 |
      | deletes user 1, retitles post 1, READ COMMITTED                  | deletes user 1         | retitles post 1         | READ COMMITTED  | directly                    | no step failed                           |
      | deletes user 1, retitles post 1, REPEATABLE READ                 | deletes user 1         | retitles post 1         | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | deletes user 1, moves post 2 to no user, READ COMMITTED          | deletes user 1         | moves post 2 to no user | READ COMMITTED  | directly                    | no step failed                           |
      | deletes user 1, moves post 2 to no user, REPEATABLE READ         | deletes user 1         | moves post 2 to no user | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | deletes user 1, deletes post 3, READ COMMITTED                   | deletes user 1         | deletes post 3          | READ COMMITTED  | directly                    | no step failed                           |
      | deletes user 1, deletes post 3, REPEATABLE READ                  | deletes user 1         | deletes post 3          | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | gives user 1 the key 9, retitles post 1, READ COMMITTED          | gives user 1 the key 9 | retitles post 1         | READ COMMITTED  | directly                    | no step failed                           |
      | gives user 1 the key 9, retitles post 1, REPEATABLE READ         | gives user 1 the key 9 | retitles post 1         | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | gives user 1 the key 9, moves post 2 to no user, READ COMMITTED  | gives user 1 the key 9 | moves post 2 to no user | READ COMMITTED  | directly                    | no step failed                           |
      | gives user 1 the key 9, moves post 2 to no user, REPEATABLE READ | gives user 1 the key 9 | moves post 2 to no user | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | gives user 1 the key 9, deletes post 3, READ COMMITTED           | gives user 1 the key 9 | deletes post 3          | READ COMMITTED  | directly                    | no step failed                           |
      | gives user 1 the key 9, deletes post 3, REPEATABLE READ          | gives user 1 the key 9 | deletes post 3          | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | gives post 1 the key 9, renames user 1, READ COMMITTED           | gives post 1 the key 9 | renames user 1          | READ COMMITTED  | directly                    | no step failed                           |
      | gives post 1 the key 9, renames user 1, REPEATABLE READ          | gives post 1 the key 9 | renames user 1          | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | deletes user 1, retitles post 1, READ COMMITTED, pooled          | deletes user 1         | retitles post 1         | READ COMMITTED  | through transaction pooling | no step failed                           |
      | gives user 1 the key 9, retitles post 1, READ COMMITTED, pooled  | gives user 1 the key 9 | retitles post 1         | READ COMMITTED  | through transaction pooling | no step failed                           |

  Scenario: nobody else writes
    Given 3 users with 6 posts that stay without their user, and both the TVIEW tv_post and the TVIEW tv_author
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                      |
      | gives user 1 the key 9 |
      | gives user 9 the key 1 |
      | gives post 5 the key 9 |
      | deletes user 2         |
    When they take their steps in the permutation AAAA
    Then after this permutation the TVIEW contract held
    And no step failed
