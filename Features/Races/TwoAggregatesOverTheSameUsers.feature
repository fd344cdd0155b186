Feature: Two aggregates over the same users

  Sessions insert posts of the same six users, all in one statement, each in another order.
  Base rows do not clash. But the rows of both TVIEWs are the same for all; an engine that
  locks them in the order in which the posts came locks crosswise, and deadlocks.

  Scenario Outline: both held back by a prepared transaction until both wait
    Given 3 users with 6 posts that may name users who are not there, and two TVIEWs that count each user's posts
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                                       | B                                       | C                        | D                           |
      | inserts a post of each user from 1 to 6 | inserts a post of each user from 6 to 1 | begins                   | commits what C has prepared |
      |                                         |                                         | inserts a post of user 3 |                             |
      |                                         |                                         | prepares its transaction |                             |
    When they take their steps in the permutation CCCABD
    Then after this permutation the TVIEW contract held
    And <failures>
    And in every permutation session A had to wait
    And in every permutation session B had to wait

    Examples:
      | case                   | level          | route                       | failures       |
      | READ COMMITTED         | READ COMMITTED | directly                    | no step failed |
      | READ COMMITTED, pooled | READ COMMITTED | through transaction pooling | no step failed |

  Scenario: 20 sessions at once
    Given 3 users with 6 posts that may name users who are not there, and two TVIEWs that count each user's posts
    And 20 sessions
    And an auditor who compares every TVIEW with its defining query all the while
    When each session inserts a post of each of six users in one statement, in an order of its own, 5 times
    Then every session has committed all its transactions
    And at least 80 % of the sessions were in a transaction at the same moment
    And the TVIEW contract held
