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
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was <refused>

    Examples:
      | what B does              | level          | route                       | refused       |
      | inserts a post of user 1 | READ COMMITTED | directly                    | never refused |
      | inserts a post of user 1 | READ COMMITTED | through transaction pooling | never refused |
      | retitles post 1          | READ COMMITTED | directly                    | never refused |
      | retitles post 1          | READ COMMITTED | through transaction pooling | never refused |

  Scenario Outline: rolled back
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B                        | C                              |
      | begins                   | inserts a post of user 1 | rolls back what A has prepared |
      | renames user 1           |                          |                                |
      | prepares its transaction |                          |                                |
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was <refused>
    And in some order session B had to wait

    Examples:
      | level           | route                       | refused                 |
      | READ COMMITTED  | directly                    | never refused           |
      | REPEATABLE READ | directly                    | refused only with 40001 |
      | READ COMMITTED  | through transaction pooling | never refused           |

  Scenario: two prepared transactions over the same rows
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                        | B                        | C                           | D                           |
      | begins                   | begins                   | commits what A has prepared | commits what B has prepared |
      | renames user 1           | retitles post 1          |                             |                             |
      | prepares its transaction | prepares its transaction |                             |                             |
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was never refused

  Scenario: held between computing its rows and writing them
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                                               | B                        | C                           |
      | begins                                          | inserts a post of user 1 | commits what A has prepared |
      | renames user 1                                  |                          |                             |
      | prepares its transaction, held before it writes |                          |                             |
      | goes on                                         |                          |                             |
    When they take their steps in every order
    Then after every order the TVIEW contract held
    And a step was never refused
