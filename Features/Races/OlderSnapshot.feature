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

  # An engine forgets now and then what no snapshot has to know any more. Here somebody has to know it, each time.
  Scenario: the other one inserts a post after the first read, again and again
    Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                         | B                        |
      | begins at REPEATABLE READ | inserts a post of user 1 |
      | counts the users          |                          |
      | renames user 1            |                          |
      | commits                   |                          |
    When they take their steps in the permutation AABAA, 120 times
    Then after every permutation the TVIEW contract held
    And steps failed only with a retryable error
    And in every permutation session A failed with a retryable error

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

  # The row that the post's row reads is a TVIEW's that reads another one: no base row is written by both.
  Scenario Outline: the other one's rename comes through two TVIEWs
    Given these base tables
      """
      CREATE TABLE tb_user (pk_user SERIAL PRIMARY KEY, name TEXT);
      CREATE TABLE tb_post (pk_post SERIAL PRIMARY KEY, fk_user INT, title TEXT);
      INSERT INTO tb_user (name) VALUES ('User 1'), ('User 2');
      """
    And these TVIEWs over them
      | name      | key       | query                                                                                                  |
      | tv_author | pk_author | SELECT u.pk_user AS pk_author, u.name FROM tb_user u                                                   |
      | tv_writer | pk_writer | SELECT a.pk_author AS pk_writer, a.name FROM tv_author a                                               |
      | tv_post   | pk_post   | SELECT p.pk_post, p.title, w.name AS writer FROM tb_post p JOIN tv_writer w ON w.pk_writer = p.fk_user |
    And the isolation level <level>
    And sessions that connect directly
    And these sessions
      | A                        | B              |
      | begins                   | renames user 1 |
      | counts the users         |                |
      | inserts a post of user 1 |                |
      | commits                  |                |
    When they take their steps in the permutation AABAA
    Then after this permutation the TVIEW contract held
    And steps failed only with a retryable error
    And in every permutation session A failed with a retryable error

    Examples:
      | case            | level           |
      | REPEATABLE READ | REPEATABLE READ |
      | SERIALIZABLE    | SERIALIZABLE    |
