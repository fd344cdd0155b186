Feature: Each inserts a row and changes it

  Two sessions each insert a post and retitle it in the same transaction. They have nothing to
  do with each other, so neither fails. An engine whose INSERT takes a weaker lock than its
  UPDATE lets both insert, and then each waits for the other.

  Scenario Outline: in every permutation of their steps
    Given 3 users with 6 posts, and the TVIEW tv_title that shows each post's title
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B                        |
      | begins                   | begins                   |
      | inserts post 7 of user 1 | inserts post 8 of user 2 |
      | retitles post 7          | retitles post 8          |
      | commits                  | commits                  |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                   | level           | route                       | failures                                 |
      | READ COMMITTED         | READ COMMITTED  | directly                    | no step failed                           |
      | REPEATABLE READ        | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | READ COMMITTED, pooled | READ COMMITTED  | through transaction pooling | no step failed                           |
