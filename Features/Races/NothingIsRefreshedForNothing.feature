Feature: Nothing is refreshed for nothing

  A row is written anew where it has changed, and nowhere else: not where the change was rolled
  back, and not where a column has changed that no TVIEW shows.

  Scenario Outline: after a rollback to a savepoint
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                           |
      | begins                      |
      | retitles post 1             |
      | sets a savepoint            |
      | retitles post 2             |
      | renames user 2              |
      | rolls back to the savepoint |
      | commits                     |
    When they take their steps in the permutation AAAAAAA
    Then after this permutation the TVIEW contract held
    And <failures>
    And in every permutation exactly one row was refreshed

    Examples:
      | case                   | level           | route                       | failures                                 |
      | READ COMMITTED         | READ COMMITTED  | directly                    | no step failed                           |
      | REPEATABLE READ        | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | READ COMMITTED, pooled | READ COMMITTED  | through transaction pooling | no step failed                           |

  Scenario Outline: a column that the query does not read
    Given 3 users with 6 posts that count their readers, and the TVIEW tv_post that does not show that
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                         | B                         |
      | begins                    | begins                    |
      | counts a reader of post 1 | retitles post 2           |
      | commits                   | counts a reader of post 4 |
      |                           | commits                   |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>
    And in every permutation exactly one row was refreshed

    Examples:
      | case            | level           | route    | failures                                 |
      | READ COMMITTED  | READ COMMITTED  | directly | no step failed                           |
      | REPEATABLE READ | REPEATABLE READ | directly | steps failed only with a retryable error |
