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
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was <refused>

    Examples:
      | level           | route                       | refused                 |
      | READ COMMITTED  | directly                    | never refused           |
      | READ COMMITTED  | through transaction pooling | never refused           |
      | REPEATABLE READ | directly                    | refused only with 40001 |

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
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was <refused>

    Examples:
      | level          | route                       | refused       |
      | READ COMMITTED | directly                    | never refused |
      | READ COMMITTED | through transaction pooling | never refused |

  Scenario Outline: between a transaction's statements
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A              | B                 |
      | begins         | sends DISCARD ALL |
      | renames user 1 | retitles post 2   |
      | commits        | sends DISCARD ALL |
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was <refused>

    Examples:
      | level          | route                       | refused       |
      | READ COMMITTED | directly                    | never refused |
      | READ COMMITTED | through transaction pooling | never refused |
