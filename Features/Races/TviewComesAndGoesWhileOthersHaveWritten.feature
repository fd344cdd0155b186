Feature: A TVIEW comes or goes while others have written and not committed

  Whoever creates a TVIEW waits for those who have written its tables, and the new TVIEW
  has their rows; whoever drops one waits for those who still owe it a refresh.

  Scenario: created
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                        | B                          |
      | begins                   | begins                     |
      | inserts a post of user 1 | creates the TVIEW tv_extra |
      | commits                  | commits                    |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And no step failed
    And in some permutation session B had to wait

  Scenario: created, after the other one has written
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                        | B                          |
      | begins                   | creates the TVIEW tv_extra |
      | inserts a post of user 1 |                            |
      | commits                  |                            |
    When they take their steps in the permutation AABA
    Then after this permutation the TVIEW contract held
    And no step failed
    And in every permutation session B had to wait

  Scenario: dropped
    Given 3 users with 6 posts, and both the TVIEW tv_post and the TVIEW tv_count
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                        | B                       |
      | begins                   | drops the TVIEW tv_post |
      | inserts a post of user 1 |                         |
      | commits                  |                         |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And no step failed
    And in some permutation session B had to wait

  # Who gives back what it has got, because it must wait for the next table, lets D pass and waits for D as well.
  Scenario: dropped, while others read its tables and a writer comes
    Given 3 users with 6 posts, and both the TVIEW tv_post and the TVIEW tv_count
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                | B                          | C                       | D                        |
      | begins           | begins                     | drops the TVIEW tv_post | begins                   |
      | counts the users | counts the posts           |                         | inserts a post of user 1 |
      | commits          | rests for 300 milliseconds |                         | commits                  |
      |                  | commits                    |                         |                          |
    When they take their steps in the permutation AABBCADDBBD
    Then after this permutation the TVIEW contract held
    And no step failed
    And in every permutation session C had to wait
    And in no permutation session C had to wait for session D

  Scenario: dropped and created anew
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A              | B                          |
      | begins         | creates the TVIEW tv_extra |
      | renames user 1 | drops the TVIEW tv_extra   |
      | commits        | creates the TVIEW tv_extra |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And no step failed

  Scenario: created, while the other one writes one of its tables after the other
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                        | B                          |
      | begins                   | creates the TVIEW tv_extra |
      | renames user 1           |                            |
      | inserts a post of user 1 |                            |
      | commits                  |                            |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And no step failed

  Scenario: dropped by the transaction that has written
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                       | B                        |
      | begins                  | inserts a post of user 2 |
      | renames user 1          |                          |
      | drops the TVIEW tv_post |                          |
      | commits                 |                          |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And no step failed

  Scenario: dropped, before the connection that prepared a transaction goes on
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                        | B                           |
      | begins                   | commits what A has prepared |
      | inserts a post of user 1 | drops the TVIEW tv_post     |
      | prepares its transaction |                             |
      | counts the users         |                             |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And no step failed

  Scenario: dropped and created with another expression, in one transaction, while others write who wrote before
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                                                  | B               |
      | creates the TVIEW tv_extra                         | retitles post 1 |
      | begins                                             | renames user 1  |
      | drops the TVIEW tv_extra                           |                 |
      | creates the TVIEW tv_extra with titles in capitals |                 |
      | commits                                            |                 |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And no step failed

  Scenario: dropped and created with another expression, and all of that rolled back
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                                                  | B               |
      | creates the TVIEW tv_extra                         | retitles post 1 |
      | begins                                             |                 |
      | drops the TVIEW tv_extra                           |                 |
      | creates the TVIEW tv_extra with titles in capitals |                 |
      | rolls back                                         |                 |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And no step failed

  Scenario: dropped, while the TVIEW that it reads is owed a refresh
    Given these base tables
      """
      CREATE TABLE tb_user (pk_user INT PRIMARY KEY, name TEXT);
      CREATE TABLE tb_post (pk_post INT PRIMARY KEY, fk_user INT, title TEXT);
      INSERT INTO tb_user VALUES (1, 'User 1'), (2, 'User 2');
      INSERT INTO tb_post VALUES (1, 1, 'Post 1'), (2, 2, 'Post 2');
      """
    And these TVIEWs over them
      | name     | key      | query                                                                                                   |
      | tv_post  | pk_post  | SELECT p.pk_post, p.title, u.name AS author_name FROM tb_post p JOIN tb_user u ON p.fk_user = u.pk_user |
      | tv_extra | pk_extra | SELECT p.pk_post AS pk_extra, p.author_name FROM tv_post p                                              |
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A              | B                        |
      | begins         | begins                   |
      | renames user 1 | drops the TVIEW tv_extra |
      | commits        | commits                  |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And no step failed
    And in some permutation session A had to wait

  Scenario: created, before a transaction with an older snapshot writes
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                         | B                          |
      | begins at REPEATABLE READ | creates the TVIEW tv_extra |
      | counts the users          |                            |
      | inserts a post of user 1  |                            |
      | commits                   |                            |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And steps failed only with a retryable error

  Scenario Outline: dropped, before the connection that prepared a transaction writes again
    Given 3 users with 6 posts, and both the TVIEW tv_post and the TVIEW tv_count
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B                           |
      | begins                   | commits what A has prepared |
      | inserts a post of user 1 | drops the TVIEW tv_post     |
      | prepares its transaction |                             |
      | inserts a post of user 2 |                             |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                   | level          | route                       | failures       |
      | READ COMMITTED         | READ COMMITTED | directly                    | no step failed |
      | READ COMMITTED, pooled | READ COMMITTED | through transaction pooling | no step failed |
