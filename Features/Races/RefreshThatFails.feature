Feature: A refresh that fails

  The TVIEW cannot show a post without a title: its query divides by the title's length.
  Whoever inserts such a post must be told, and nothing of his transaction may stay.

  Scenario Outline: in every permutation of their steps
    Given an engine that refreshes in the writer's transaction
    And 3 users with 6 posts, and a TVIEW tv_post that cannot show a post without a title
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                                        | B              |
      | begins                                   | renames user 1 |
      | renames user 2                           |                |
      | inserts a post of user 1 without a title |                |
      | commits                                  |                |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>
    And in every permutation session A failed with 22012

    Examples:
      | case                   | level          | route                       | failures                     |
      | READ COMMITTED         | READ COMMITTED | directly                    | steps failed only with 22012 |
      | READ COMMITTED, pooled | READ COMMITTED | through transaction pooling | steps failed only with 22012 |

  Scenario: where the snapshot is too old to try
    Given an engine that refreshes in the writer's transaction
    And 3 users with 6 posts, and a TVIEW tv_post that cannot show a post without a title
    And the isolation level REPEATABLE READ
    And sessions that connect directly
    And these sessions
      | A                                        | B              |
      | begins                                   | renames user 1 |
      | renames user 2                           |                |
      | inserts a post of user 1 without a title |                |
      | commits                                  |                |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And steps failed only with 22012 or a retryable error
    And in some permutation a step failed with 22012
    And in some permutation a step failed with a retryable error, if the engine refreshes at COMMIT

  Scenario Outline: after a savepoint that was released
    Given an engine that refreshes in the writer's transaction
    And 3 users with 6 posts, and a TVIEW tv_post that cannot show a post without a title
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                                        | B              |
      | begins                                   | renames user 1 |
      | renames user 2                           |                |
      | sets a savepoint                         |                |
      | inserts a post of user 1 without a title |                |
      | releases the savepoint                   |                |
      | commits                                  |                |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>
    And in every permutation session A failed with 22012

    Examples:
      | case                   | level          | route                       | failures                     |
      | READ COMMITTED         | READ COMMITTED | directly                    | steps failed only with 22012 |
      | READ COMMITTED, pooled | READ COMMITTED | through transaction pooling | steps failed only with 22012 |

  Scenario Outline: inside an exception block that succeeds
    Given an engine that refreshes in the writer's transaction
    And 3 users with 6 posts, and a TVIEW tv_post that cannot show a post without a title
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                                                                             | B              |
      | begins                                                                        | renames user 1 |
      | renames user 2                                                                |                |
      | inserts a post of user 1 without a title in a block that catches other errors |                |
      | commits                                                                       |                |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>
    And in every permutation session A failed with 22012

    Examples:
      | case                   | level          | route                       | failures                     |
      | READ COMMITTED         | READ COMMITTED | directly                    | steps failed only with 22012 |
      | READ COMMITTED, pooled | READ COMMITTED | through transaction pooling | steps failed only with 22012 |
