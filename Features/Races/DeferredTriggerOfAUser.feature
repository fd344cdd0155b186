Feature: A user's own deferred trigger writes a base table at COMMIT

  Somebody has made a constraint trigger that is deferred: at COMMIT it renames the author of
  each new post. So a transaction goes on writing when it is about to end, perhaps after the
  engine has begun to do what is owed. That has to be shown as well.

  Scenario Outline: in every permutation of their steps
    Given 3 users with 6 posts, a trigger that renames who has posted, at COMMIT, and the TVIEW tv_post
    And the isolation level <level>
    And sessions that connect <route>
    And these sessions
      | A                        | B             |
      | begins                   | <what B does> |
      | renames user 2           |               |
      | inserts a post of user 1 |               |
      | commits                  |               |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And <failures>

    Examples:
      | case                                             | what B does              | level           | route                       | failures                                 |
      | retitles post 1, READ COMMITTED                  | retitles post 1          | READ COMMITTED  | directly                    | no step failed                           |
      | retitles post 1, REPEATABLE READ                 | retitles post 1          | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | retitles post 1, READ COMMITTED, pooled          | retitles post 1          | READ COMMITTED  | through transaction pooling | no step failed                           |
      | inserts a post of user 1, READ COMMITTED         | inserts a post of user 1 | READ COMMITTED  | directly                    | no step failed                           |
      | inserts a post of user 1, REPEATABLE READ        | inserts a post of user 1 | REPEATABLE READ | directly                    | steps failed only with a retryable error |
      | inserts a post of user 1, READ COMMITTED, pooled | inserts a post of user 1 | READ COMMITTED  | through transaction pooling | no step failed                           |

  Scenario: and the transaction is prepared
    Given 3 users with 6 posts, a trigger that renames who has posted, at COMMIT, and the TVIEW tv_post
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                        | B               | C                           |
      | begins                   | retitles post 1 | commits what A has prepared |
      | renames user 2           |                 |                             |
      | inserts a post of user 1 |                 |                             |
      | prepares its transaction |                 |                             |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And no step failed

  # The second trigger fires because of what the first one writes: when the engine has begun, there may be more to come.
  Scenario: and what it writes has such a trigger, too
    Given these base tables
      """
      CREATE TABLE tb_user (pk_user INT PRIMARY KEY, name TEXT);
      CREATE TABLE tb_post (pk_post INT PRIMARY KEY, fk_user INT, title TEXT);
      INSERT INTO tb_user VALUES (1, 'User 1'), (2, 'User 2');
      INSERT INTO tb_post VALUES (1, 1, 'Post 1'), (2, 2, 'Post 2');
      CREATE FUNCTION name_author() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
          UPDATE tb_user SET name = 'author of ' || NEW.pk_post WHERE pk_user = NEW.fk_user;
          RETURN NULL;
      END $$;
      CREATE FUNCTION number_posts() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
          UPDATE tb_post SET title = title || ' by ' || NEW.name WHERE fk_user = NEW.pk_user;
          RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER name_author AFTER INSERT ON tb_post
          DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION name_author();
      CREATE CONSTRAINT TRIGGER number_posts AFTER UPDATE ON tb_user
          DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION number_posts();
      """
    And these TVIEWs over them
      | name    | key     | query                                                                                             |
      | tv_post | pk_post | SELECT p.pk_post, p.title, u.name AS author_name FROM tb_post p JOIN tb_user u ON p.fk_user = u.pk_user |
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                                                         | B                                                          |
      | executes INSERT INTO tb_post VALUES (3, 1, 'by A')        | executes UPDATE tb_user SET name = 'B' WHERE pk_user = 2   |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And no step failed

  # The one in the middle writes a table of which the engine knows nothing, so it cannot see that a third one comes.
  Scenario: and two more follow, the first of them by way of a table that no TVIEW reads
    Given these base tables
      """
      CREATE TABLE tb_user (pk_user INT PRIMARY KEY, name TEXT);
      CREATE TABLE tb_post (pk_post INT PRIMARY KEY, fk_user INT, title TEXT);
      CREATE TABLE renamed (fk_user INT);
      INSERT INTO tb_user VALUES (1, 'User 1'), (2, 'User 2');
      INSERT INTO tb_post VALUES (1, 1, 'Post 1'), (2, 2, 'Post 2');
      CREATE FUNCTION name_author() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
          UPDATE tb_user SET name = 'author of ' || NEW.pk_post WHERE pk_user = NEW.fk_user;
          RETURN NULL;
      END $$;
      CREATE FUNCTION note_user() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
          INSERT INTO renamed VALUES (NEW.pk_user);
          RETURN NULL;
      END $$;
      CREATE FUNCTION mark_posts() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
          UPDATE tb_post SET title = title || ', renamed' WHERE fk_user = NEW.fk_user;
          RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER name_author AFTER INSERT ON tb_post
          DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION name_author();
      CREATE CONSTRAINT TRIGGER note_user AFTER UPDATE ON tb_user
          DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note_user();
      CREATE CONSTRAINT TRIGGER mark_posts AFTER INSERT ON renamed
          DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION mark_posts();
      """
    And these TVIEWs over them
      | name    | key     | query                                                                                             |
      | tv_post | pk_post | SELECT p.pk_post, p.title, u.name AS author_name FROM tb_post p JOIN tb_user u ON p.fk_user = u.pk_user |
    And the isolation level READ COMMITTED
    And sessions that connect directly
    And these sessions
      | A                                                  | B                                                        |
      | executes INSERT INTO tb_post VALUES (3, 1, 'by A') | executes UPDATE tb_user SET name = 'B' WHERE pk_user = 2 |
    When they take their steps in every permutation
    Then after every permutation the TVIEW contract held
    And no step failed
