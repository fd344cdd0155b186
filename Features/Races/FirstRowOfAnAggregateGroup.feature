Feature: The first row of an aggregate group from two sessions

  User 3 has no post, so the TVIEW that counts posts has no row for user 3. Two sessions
  each insert the first one: both count one post, and neither finds a row to lock.

  Scenario Outline: while the first is held between computing its rows and writing them
    Given 3 users with 6 posts, and the TVIEW tv_count that counts each user's posts
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                              | B                        |
      | begins                         | inserts a post of user 3 |
      | inserts a post of user 3       |                          |
      | commits, held before it writes |                          |
      | is released                    |                          |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                   | level           | route                       | failures                                 |
      | READ COMMITTED         | READ COMMITTED  | directly                    | no step failed                           |
      | REPEATABLE READ        | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | SERIALIZABLE           | SERIALIZABLE    | directly                    | steps failed only with a retryable error |
      | READ COMMITTED, pooled | READ COMMITTED  | through transaction pooling | no step failed                           |

  Scenario Outline: while one of them is prepared
    Given 3 users with 6 posts, and the TVIEW tv_count that counts each user's posts
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B                        | C                         |
      | begins                   | inserts a post of user 3 | <how> what A has prepared |
      | inserts a post of user 3 |                          |                           |
      | prepares its transaction |                          |                           |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                       | how        | level          | route    | failures       |
      | commits, READ COMMITTED    | commits    | READ COMMITTED | directly | no step failed |
      | rolls back, READ COMMITTED | rolls back | READ COMMITTED | directly | no step failed |

  # C finds the row that A has made, while B, who found none, has not committed.
  Scenario Outline: a third session changes the row that the other two create
    Given 3 users with 6 posts, and the TVIEW tv_count that counts each user's posts
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B                        | C                        | D                           | E                           |
      | begins                   | begins                   | inserts a post of user 3 | commits what A has prepared | commits what B has prepared |
      | inserts a post of user 3 | inserts a post of user 3 |                          |                             |                             |
      | prepares its transaction | prepares its transaction |                          |                             |                             |
    When they take their steps in the permutation AAABBBDCE
    Then after this permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                   | level          | route                       | failures       |
      | READ COMMITTED         | READ COMMITTED | directly                    | no step failed |
      | READ COMMITTED, pooled | READ COMMITTED | through transaction pooling | no step failed |

  Scenario Outline: a third session, in every permutation
    Given 3 users with 6 posts, and the TVIEW tv_author that counts each author's posts
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B                        | C             |
      | begins                   | begins                   | <what C does> |
      | inserts a post of user 3 | inserts a post of user 3 |               |
      | commits                  | commits                  |               |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                                         | what C does                 | level           | route    | failures                                 |
      | renames user 3, READ COMMITTED               | renames user 3              | READ COMMITTED  | directly | no step failed                           |
      | renames user 3, REPEATABLE READ              | renames user 3              | REPEATABLE READ | directly | steps failed only with a retryable error |
      | deletes the posts of user 3, READ COMMITTED  | deletes the posts of user 3 | READ COMMITTED  | directly | no step failed                           |
      | deletes the posts of user 3, REPEATABLE READ | deletes the posts of user 3 | REPEATABLE READ | directly | steps failed only with a retryable error |

  Scenario: a post goes from one group to another, where the group is nobody's key
    Given these base tables
      """
      CREATE TABLE tb_post (pk_post INT PRIMARY KEY, kind INT, title TEXT);
      INSERT INTO tb_post VALUES (1, 1, 'Post 1'), (2, 1, 'Post 2'), (3, 2, 'Post 3');
      """
    And these TVIEWs over them
      | name    | key     | query                                                               |
      | tv_kind | pk_kind | SELECT kind AS pk_kind, count(*) AS posts FROM tb_post GROUP BY kind |
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                                                   | B                                                   |
      | begins                                              | executes UPDATE tb_post SET kind = 3 WHERE pk_post = 2 |
      | executes UPDATE tb_post SET kind = 3 WHERE pk_post = 1 |                                                     |
      | commits                                             |                                                     |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And no step failed
