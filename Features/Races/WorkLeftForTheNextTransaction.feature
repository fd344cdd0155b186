Feature: Work that is left for the next transaction of the connection

  A transaction queues work and does not get to do it. The next transaction of the same
  connection, another client's where a pooler lends it on, must find nothing of that.

  Scenario Outline: after a rollback
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A               | B               |
      | begins          | retitles post 2 |
      | renames user 1  |                 |
      | rolls back      |                 |
      | begins          |                 |
      | retitles post 1 |                 |
      | commits         |                 |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                   | level           | route                       | failures                                 |
      | READ COMMITTED         | READ COMMITTED  | directly                    | no step failed                           |
      | READ COMMITTED, pooled | READ COMMITTED  | through transaction pooling | no step failed                           |
      | REPEATABLE READ        | REPEATABLE READ | directly                    | steps failed only with a retryable error |

  Scenario Outline: after a rollback and DISCARD ALL
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                 | B               |
      | begins            | retitles post 2 |
      | renames user 1    |                 |
      | rolls back        |                 |
      | sends DISCARD ALL |                 |
      | retitles post 1   |                 |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                   | level          | route                       | failures       |
      | READ COMMITTED         | READ COMMITTED | directly                    | no step failed |
      | READ COMMITTED, pooled | READ COMMITTED | through transaction pooling | no step failed |

  Scenario Outline: between a transaction's statements
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A              | B                 |
      | begins         | sends DISCARD ALL |
      | renames user 1 | retitles post 2   |
      | commits        | sends DISCARD ALL |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                   | level          | route                       | failures       |
      | READ COMMITTED         | READ COMMITTED | directly                    | no step failed |
      | READ COMMITTED, pooled | READ COMMITTED | through transaction pooling | no step failed |
