@bench
Feature: As fast as the isolation tester

  PostgreSQL's isolation tester takes the permutations of a race as fast as the server lets it,
  and judges nothing. The explorer judges the whole contract after each of them; that must not
  make it the slower one. Both take the same steps on copies of the same database, which come
  back to what they were before each permutation; in turns, and only what ran in the same turn
  is compared.

  Scenario Outline: three sessions
    Given 3 users with 6 posts, and <TVIEW>
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A              | B                        | C               |
      | begins         | begins                   | begins          |
      | renames user 1 | inserts a post of user 1 | retitles post 2 |
      | commits        | commits                  | commits         |
    When 400 permutations are taken, in 5 turns by the explorer and by the isolation tester
    Then the explorer takes at least <times> times as many a second, and judges them

    Examples:
      | case                           | TVIEW                                                         | times |
      | with a TVIEW                   | the TVIEW tv_post that shows each post with its author's name | 1.5   |
      | with nothing to find, no TVIEW | no TVIEW                                                      | 0.75  |
