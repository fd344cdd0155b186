Feature: A value changes as little as it can

  Only the case of a title, a blank at its end, the last digit of a number. To some ways of
  comparing two rows that is no change at all, and an engine that compares so leaves the old
  row. (What differs for PostgreSQL differs for the TVIEW.)

  Scenario Outline: in a title
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A             | B              |
      | begins        | renames user 1 |
      | <what A does> |                |
      | commits       |                |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And no step failed

    Examples:
      | case                                   | what A does                            |
      | writes the title of post 5 in capitals | writes the title of post 5 in capitals |
      | adds a blank to the title of post 5    | adds a blank to the title of post 5    |
      | takes the title of post 5 away         | takes the title of post 5 away         |

  Scenario Outline: in the last digit of a value
    Given 3 users with values of many types, and the TVIEW tv_value that shows them
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A             | B                                |
      | begins        | changes the last byte of value 2 |
      | <what A does> |                                  |
      | commits       |                                  |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And no step failed

    Examples:
      | case                                                      | what A does                                               |
      | changes the last microsecond of value 1                   | changes the last microsecond of value 1                   |
      | changes the last digit of the numeric of value 1          | changes the last digit of the numeric of value 1          |
      | changes the last digit of the double precision of value 1 | changes the last digit of the double precision of value 1 |
      | changes the last digit of the real of value 1             | changes the last digit of the real of value 1             |
      | changes the last byte of value 1                          | changes the last byte of value 1                          |
      | changes the last element of value 1                       | changes the last element of value 1                       |
      | changes one letter in the document of value 1             | changes one letter in the document of value 1             |

  Scenario: a title goes and comes back
    Given 3 users with 6 posts, and the TVIEW tv_author that counts each author's posts
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                              | B              |
      | begins                         | deletes post 3 |
      | takes the title of post 5 away |                |
      | commits                        |                |
      | retitles post 5                |                |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And no step failed
