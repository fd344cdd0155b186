Feature: A row comes into a TVIEW that another TVIEW joins, or goes

  tv_reader shows each user with the number of posts of the user's favourite author; it joins
  that number from tv_author, which has a row for each author of posts. One session makes the
  first post of user 3, and with it a row of tv_author; another one makes user 3 somebody's
  favourite. There is no row yet that both could have locked, and neither sees the other's
  work. The same where a filter lets a row in, or where the last post goes.

  Scenario Outline: the row that is joined comes or goes
    Given 3 users with 6 posts, and the TVIEW tv_reader that joins the TVIEW tv_author
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A             | B             |
      | begins        | begins        |
      | <what A does> | <what B does> |
      | commits       | commits       |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                                             | what A does                 | what B does                          | level           | route                       | failures                                 |
      | the first post of user 3, READ COMMITTED         | inserts a post of user 3    | makes user 3 the favourite of user 2 | READ COMMITTED  | directly                    | no step failed                           |
      | the first post of user 3, REPEATABLE READ        | inserts a post of user 3    | makes user 3 the favourite of user 2 | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | the first post of user 3, SERIALIZABLE           | inserts a post of user 3    | makes user 3 the favourite of user 2 | SERIALIZABLE    | directly                    | steps failed only with a retryable error |
      | the first post of user 3, READ COMMITTED, pooled | inserts a post of user 3    | makes user 3 the favourite of user 2 | READ COMMITTED  | through transaction pooling | no step failed                           |
      | the last posts of user 2, READ COMMITTED         | deletes the posts of user 2 | makes user 2 the favourite of user 3 | READ COMMITTED  | directly                    | no step failed                           |
      | the last posts of user 2, REPEATABLE READ        | deletes the posts of user 2 | makes user 2 the favourite of user 3 | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | the last posts of user 2, SERIALIZABLE           | deletes the posts of user 2 | makes user 2 the favourite of user 3 | SERIALIZABLE    | directly                    | steps failed only with a retryable error |
      | the last posts of user 2, READ COMMITTED, pooled | deletes the posts of user 2 | makes user 2 the favourite of user 3 | READ COMMITTED  | through transaction pooling | no step failed                           |

  Scenario Outline: while the first row is prepared
    Given 3 users with 6 posts, and the TVIEW tv_reader that joins the TVIEW tv_author
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B                                    | C                           |
      | begins                   | makes user 3 the favourite of user 2 | commits what A has prepared |
      | inserts a post of user 3 |                                      |                             |
      | prepares its transaction |                                      |                             |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                   | level           | route                       | failures                                 |
      | READ COMMITTED         | READ COMMITTED  | directly                    | no step failed                           |
      | REPEATABLE READ        | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | READ COMMITTED, pooled | READ COMMITTED  | through transaction pooling | no step failed                           |

  # No other session is needed: user 2 has posts, and is counted from 10 points on.
  Scenario: a filter over the TVIEW that is joined lets a new group in
    Given 3 users with 6 posts, and the TVIEW tv_author that counts posts where the TVIEW tv_user shows 10 points or more
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                      |
      | gives user 2 10 points |
      | gives user 2 9 points  |
      | gives user 1 11 points |
    When they take their steps in the permutation AAA
    Then after this permutation the TVIEW contract held
    And no step failed

  Scenario Outline: a filter over the TVIEW that is joined changes its mind
    Given 3 users with 6 posts, and the TVIEW tv_author that counts posts where the TVIEW tv_user shows 10 points or more
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                      | B             |
      | begins                 | begins        |
      | gives user 2 10 points | <what B does> |
      | commits                | commits       |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                                                | what B does                 | level           | route                       | failures                                 |
      | inserts a post of user 2, READ COMMITTED            | inserts a post of user 2    | READ COMMITTED  | directly                    | no step failed                           |
      | inserts a post of user 2, REPEATABLE READ           | inserts a post of user 2    | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | inserts a post of user 2, READ COMMITTED, pooled    | inserts a post of user 2    | READ COMMITTED  | through transaction pooling | no step failed                           |
      | moves post 1 to user 2, READ COMMITTED              | moves post 1 to user 2      | READ COMMITTED  | directly                    | no step failed                           |
      | moves post 1 to user 2, REPEATABLE READ             | moves post 1 to user 2      | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | moves post 1 to user 2, READ COMMITTED, pooled      | moves post 1 to user 2      | READ COMMITTED  | through transaction pooling | no step failed                           |
      | deletes the posts of user 2, READ COMMITTED         | deletes the posts of user 2 | READ COMMITTED  | directly                    | no step failed                           |
      | deletes the posts of user 2, REPEATABLE READ        | deletes the posts of user 2 | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | deletes the posts of user 2, READ COMMITTED, pooled | deletes the posts of user 2 | READ COMMITTED  | through transaction pooling | no step failed                           |
