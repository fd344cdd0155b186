Feature: A transaction is prepared with pending work

  PREPARE TRANSACTION does what is owed, under the prepared transaction's locks: it belongs
  to it and comes or goes with it, whichever session ends it. Writers of the same rows wait.

  Scenario Outline: a writer waits for a prepared transaction, which another session ends
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B             | C                           |
      | begins                   | <what B does> | commits what A has prepared |
      | renames user 1           |               |                             |
      | prepares its transaction |               |                             |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                                             | what B does              | level          | route                       | failures       |
      | inserts a post of user 1, READ COMMITTED         | inserts a post of user 1 | READ COMMITTED | directly                    | no step failed |
      | inserts a post of user 1, READ COMMITTED, pooled | inserts a post of user 1 | READ COMMITTED | through transaction pooling | no step failed |
      | retitles post 1, READ COMMITTED                  | retitles post 1          | READ COMMITTED | directly                    | no step failed |
      | retitles post 1, READ COMMITTED, pooled          | retitles post 1          | READ COMMITTED | through transaction pooling | no step failed |

  Scenario Outline: rolled back
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B                        | C                              |
      | begins                   | inserts a post of user 1 | rolls back what A has prepared |
      | renames user 1           |                          |                                |
      | prepares its transaction |                          |                                |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>
    And in some permutation session B had to wait

    Examples:
      | case                   | level           | route                       | failures                                 |
      | READ COMMITTED         | READ COMMITTED  | directly                    | no step failed                           |
      | REPEATABLE READ        | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | READ COMMITTED, pooled | READ COMMITTED  | through transaction pooling | no step failed                           |

  Scenario: two prepared transactions over the same rows
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                        | B                        | C                           | D                           |
      | begins                   | begins                   | commits what A has prepared | commits what B has prepared |
      | renames user 1           | retitles post 1          |                             |                             |
      | prepares its transaction | prepares its transaction |                             |                             |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And no step failed

  Scenario: held between computing its rows and writing them
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                                               | B                        | C                           |
      | begins                                          | inserts a post of user 1 | commits what A has prepared |
      | renames user 1                                  |                          |                             |
      | prepares its transaction, held before it writes |                          |                             |
      | is released                                     |                          |                             |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And no step failed
