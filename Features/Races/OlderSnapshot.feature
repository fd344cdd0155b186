Feature: A snapshot that is older than another's commit

  At REPEATABLE READ and SERIALIZABLE a transaction keeps its first snapshot. Where others
  have committed since then what its refresh would have to show, it cannot do right: it is
  refused with 40001 and can be tried again. It never writes a stale row.

  Scenario Outline: the other one commits after the first look
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B              |
      | begins                   | renames user 1 |
      | looks                    |                |
      | inserts a post of user 1 |                |
      | commits                  |                |
    When they take their steps in the order AABAA
    Then after this order the TVIEW contract held
    And a step was <refused>
    And in every order session A was refused with 40001

    Examples:
      | level           | route    | refused                 |
      | REPEATABLE READ | directly | refused only with 40001 |
      | SERIALIZABLE    | directly | refused only with 40001 |

  Scenario Outline: the other one inserts a post after the first look
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A              | B                        |
      | begins         | inserts a post of user 1 |
      | looks          |                          |
      | renames user 1 |                          |
      | commits        |                          |
    When they take their steps in the order AABAA
    Then after this order the TVIEW contract held
    And a step was <refused>
    And in every order session A was refused with 40001

    Examples:
      | level           | route    | refused                 |
      | REPEATABLE READ | directly | refused only with 40001 |
      | SERIALIZABLE    | directly | refused only with 40001 |

  Scenario Outline: the other one's post is counted
    Given 3 users with 6 posts, and the TVIEW tv_count that counts each user's posts
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B                        |
      | begins                   | inserts a post of user 3 |
      | looks                    |                          |
      | inserts a post of user 3 |                          |
      | commits                  |                          |
    When they take their steps in the order AABAA
    Then after this order the TVIEW contract held
    And a step was <refused>
    And in every order session A was refused with 40001

    Examples:
      | level           | route    | refused                 |
      | REPEATABLE READ | directly | refused only with 40001 |
      | SERIALIZABLE    | directly | refused only with 40001 |

  Scenario: whatever the order of their steps
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level REPEATABLE READ
    And sessions that connect directly
    And these sessions
      | A                        | B              |
      | begins                   | begins         |
      | looks                    | renames user 1 |
      | inserts a post of user 1 | commits        |
      | commits                  |                |
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was refused only with 40001
    And in some order a step was refused with 40001
