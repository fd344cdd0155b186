Feature: A snapshot that is older than another's commit

  At REPEATABLE READ and SERIALIZABLE a transaction keeps its first snapshot. Where others
  have committed since then what its refresh would have to show, it cannot do right: it is
  refused and can be tried again. It never writes a stale row.

  Scenario Outline: the other one commits after the first read
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B              |
      | begins                   | renames user 1 |
      | counts the users         |                |
      | inserts a post of user 1 |                |
      | commits                  |                |
    When they take their steps in the permutation AABAA
    Then after this permutation the TVIEW contract held
    And <failures>
    And in every permutation session A failed with a retryable error

    Examples:
      | case            | level           | route    | failures                                 |
      | REPEATABLE READ | REPEATABLE READ | directly | steps failed only with a retryable error |
      | SERIALIZABLE    | SERIALIZABLE    | directly | steps failed only with a retryable error |

  Scenario Outline: the other one inserts a post after the first read
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                | B                        |
      | begins           | inserts a post of user 1 |
      | counts the users |                          |
      | renames user 1   |                          |
      | commits          |                          |
    When they take their steps in the permutation AABAA
    Then after this permutation the TVIEW contract held
    And <failures>
    And in every permutation session A failed with a retryable error

    Examples:
      | case            | level           | route    | failures                                 |
      | REPEATABLE READ | REPEATABLE READ | directly | steps failed only with a retryable error |
      | SERIALIZABLE    | SERIALIZABLE    | directly | steps failed only with a retryable error |

  Scenario Outline: the other one's post is counted
    Given 3 users with 6 posts, and the TVIEW tv_count that counts each user's posts
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B                        |
      | begins                   | inserts a post of user 3 |
      | counts the users         |                          |
      | inserts a post of user 3 |                          |
      | commits                  |                          |
    When they take their steps in the permutation AABAA
    Then after this permutation the TVIEW contract held
    And <failures>
    And in every permutation session A failed with a retryable error

    Examples:
      | case            | level           | route    | failures                                 |
      | REPEATABLE READ | REPEATABLE READ | directly | steps failed only with a retryable error |
      | SERIALIZABLE    | SERIALIZABLE    | directly | steps failed only with a retryable error |

  Scenario: in every permutation of their steps
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level REPEATABLE READ
    And sessions that connect directly
    And these sessions
      | A                        | B              |
      | begins                   | begins         |
      | counts the users         | renames user 1 |
      | inserts a post of user 1 | commits        |
      | commits                  |                |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And steps failed only with a retryable error
    And in some permutation a step failed with a retryable error

  Scenario: a rename that was prepared before the snapshot and is committed after it
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level REPEATABLE READ
    And sessions that connect directly
    And these sessions
      | A                        | B                        | C                           |
      | begins                   | begins                   | commits what A has prepared |
      | renames user 1           | counts the users         |                             |
      | prepares its transaction | inserts a post of user 1 |                             |
      |                          | commits                  |                             |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And steps failed only with a retryable error

  # Nothing on the first level is written by both: they meet where the users of a company are added up.
  Scenario Outline: the other one's post of another user is counted two levels above
    Given these base tables
      """
      CREATE TABLE tb_user (pk_user SERIAL PRIMARY KEY, fk_company INT, name TEXT);
      CREATE TABLE tb_post (pk_post SERIAL PRIMARY KEY, fk_user INT REFERENCES tb_user, title TEXT);
      INSERT INTO tb_user (fk_company, name) VALUES (1, 'User 1'), (1, 'User 2');
      INSERT INTO tb_post (fk_user, title) VALUES (1, 'Post 1'), (2, 'Post 2');
      """
    And these TVIEWs over them
      | name       | key        | query                                                                                                                                                           |
      | tv_user    | pk_user    | SELECT u.pk_user, u.fk_company, count(p.pk_post) AS posts FROM tb_user u LEFT JOIN tb_post p ON p.fk_user = u.pk_user GROUP BY u.pk_user, u.fk_company |
      | tv_company | pk_company | SELECT v.fk_company AS pk_company, sum(v.posts)::bigint AS posts FROM tv_user v GROUP BY v.fk_company                                                           |
    And the isolation level <level>
    And sessions that connect directly
    And these sessions
      | A                        | B                        |
      | begins                   | inserts a post of user 2 |
      | counts the users         |                          |
      | inserts a post of user 1 |                          |
      | commits                  |                          |
    When they take their steps in the permutation AABAA
    Then after this permutation the TVIEW contract held
    And steps failed only with a retryable error
    And in every permutation session A failed with a retryable error

    Examples:
      | case            | level           |
      | REPEATABLE READ | REPEATABLE READ |
      | SERIALIZABLE    | SERIALIZABLE    |
