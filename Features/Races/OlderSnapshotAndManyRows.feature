Feature: A snapshot that is older than another's bulk statement, TRUNCATE or PREPARE

  Here no foreign key leads from the posts to the users. With one, PostgreSQL's own check of
  it refuses many a transaction whose snapshot is too old (40001) before the engine has been
  asked. Without, only the engine can know that its snapshot misses what others have committed
  since: with many rows at once, with all of them, or in a transaction that was prepared.

  Scenario Outline: the other one inserts posts of forty users
    Given 3 users with 6 posts that may name users who are not there, and the TVIEW tv_post
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                | B                                        |
      | begins           | inserts a post of each user from 1 to 40 |
      | counts the users |                                          |
      | renames user 1   |                                          |
      | commits          |                                          |
    When they take their steps in the permutation AABAA
    Then after this permutation the TVIEW contract held
    And <failures>
    And in every permutation session A failed with a retryable error

    Examples:
      | case            | level           | route    | failures                                 |
      | REPEATABLE READ | REPEATABLE READ | directly | steps failed only with a retryable error |
      | SERIALIZABLE    | SERIALIZABLE    | directly | steps failed only with a retryable error |

  Scenario Outline: the other one empties the users and fills them again
    Given 3 users with 6 posts that may name users who are not there, and the TVIEW tv_post
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B                   |
      | begins                   | begins              |
      | counts the posts         | truncates the users |
      | inserts a post of user 1 | inserts user 1      |
      | commits                  | commits             |
    When they take their steps in the permutation AABBBBAA
    Then after this permutation the TVIEW contract held
    And <failures>
    And in every permutation session A failed with a retryable error

    Examples:
      | case            | level           | route    | failures                                 |
      | REPEATABLE READ | REPEATABLE READ | directly | steps failed only with a retryable error |
      | SERIALIZABLE    | SERIALIZABLE    | directly | steps failed only with a retryable error |

  Scenario Outline: the other one renames the user, and commits in two phases
    Given 3 users with 6 posts that may name users who are not there, and the TVIEW tv_post
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B                        | C                           |
      | begins                   | begins                   | commits what B has prepared |
      | counts the users         | renames user 1           |                             |
      | inserts a post of user 1 | prepares its transaction |                             |
      | commits                  |                          |                             |
    When they take their steps in the permutation AABBBCAA
    Then after this permutation the TVIEW contract held
    And <failures>
    And in every permutation session A failed with a retryable error

    Examples:
      | case            | level           | route    | failures                                 |
      | REPEATABLE READ | REPEATABLE READ | directly | steps failed only with a retryable error |
      | SERIALIZABLE    | SERIALIZABLE    | directly | steps failed only with a retryable error |

  Scenario: the same in every permutation
    Given 3 users with 6 posts that may name users who are not there, and the TVIEW tv_post
    And the isolation level REPEATABLE READ
    And sessions that connect directly
    And these sessions
      | A                        | B                        | C                           |
      | begins                   | begins                   | commits what B has prepared |
      | counts the users         | renames user 1           |                             |
      | inserts a post of user 1 | prepares its transaction |                             |
      | commits                  |                          |                             |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And steps failed only with a retryable error
    And in some permutation a step failed with a retryable error

  Scenario: a bulk statement in every permutation
    Given 3 users with 6 posts that may name users who are not there, and the TVIEW tv_post
    And the isolation level REPEATABLE READ
    And sessions that connect directly
    And these sessions
      | A                | B                                        |
      | begins           | begins                                   |
      | counts the users | inserts a post of each user from 1 to 40 |
      | renames user 1   | commits                                  |
      | commits          |                                          |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And steps failed only with a retryable error
