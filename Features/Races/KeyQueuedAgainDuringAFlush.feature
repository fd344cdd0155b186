Feature: A key is queued again in the middle of a flush

  While a session is refreshing the posts of user 1, others change user 1 and the posts
  again. Their refreshes must not be taken for done because the same keys are under way.

  Scenario Outline: in every permutation of their steps
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                              | B              | C                        |
      | begins                         | renames user 1 | inserts a post of user 1 |
      | renames user 1                 |                |                          |
      | commits, held before it writes |                |                          |
      | is released                    |                |                          |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                   | level          | route                       | failures       |
      | READ COMMITTED         | READ COMMITTED | directly                    | no step failed |
      | READ COMMITTED, pooled | READ COMMITTED | through transaction pooling | no step failed |
