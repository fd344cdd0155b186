Feature: An exception block around work that succeeds, and around work that fails

  An exception block of PL/pgSQL is a subtransaction. Work inside one that succeeds is owed
  like any other; work inside one that fails never happened; work before either stays owed.

  Scenario Outline: around work that succeeds
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                                              | B              |
      | begins                                         | renames user 1 |
      | retitles post 1 in a block that catches errors |                |
      | commits                                        |                |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                   | level           | route                       | failures                                 |
      | READ COMMITTED         | READ COMMITTED  | directly                    | no step failed                           |
      | REPEATABLE READ        | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | READ COMMITTED, pooled | READ COMMITTED  | through transaction pooling | no step failed                           |

  Scenario Outline: around work that fails, after other work
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                                                   | B                        |
      | begins                                              | inserts a post of user 1 |
      | renames user 1                                      |                          |
      | retitles post 2 in a block that fails and is caught |                          |
      | commits                                             |                          |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                   | level           | route                       | failures                                 |
      | READ COMMITTED         | READ COMMITTED  | directly                    | no step failed                           |
      | REPEATABLE READ        | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | READ COMMITTED, pooled | READ COMMITTED  | through transaction pooling | no step failed                           |
