Feature: A dump restored, a table rewritten, a table altered

  What an administrator does to a database in use must not be the end of its TVIEWs: a copy
  has them and maintains them, a table that is rewritten is the same table, and what is renamed
  is followed. What cannot be followed is refused at once, and not at somebody's next commit.

  Rule: A copy of a database has its TVIEWs, and they are maintained there

    Scenario Outline: the database is copied
      Given an engine that says what becomes of a restored dump
      And companies, users and posts, and TVIEWs on three levels
      And 20 sessions
      When each session renames a company, 5 times
      And the database is <copied>
      Then every TVIEW equals its defining query
      And the engine knows every TVIEW
      When all sessions work at once
        | sessions | times | what each does                  |
        | 10       | 5     | renames a company               |
        | 5        | 5     | moves a user to another company |
        | 5        | 5     | inserts a post                  |
      Then every session has committed all, or was refused as the profile says of a restored dump
      And the TVIEW contract held
      When every TVIEW is dropped
      Then nothing is left behind

      Examples:
        | case                    | copied                                                   |
        | pg_dump and pg_restore  | dumped by pg_dump and restored by pg_restore in 4 jobs   |
        | CREATE DATABASE         | copied by CREATE DATABASE … TEMPLATE                     |

  Rule: A table that is rewritten is the same table

    Scenario Outline: a table is rewritten while others write
      Given 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
      And 20 sessions
      And a transaction that fails with a retryable error is tried again
      When all sessions work at once
        | sessions | times | what each does  |
        | 10       | 10    | renames a user  |
        | 9        | 10    | retitles a post |
        | 1        | 5     | <does>          |
      Then every session has committed all its transactions
      And the TVIEW contract held

      Examples:
        | case                        | does                                      |
        | VACUUM FULL of a base table | rewrites the table tb_post by VACUUM FULL |
        | VACUUM FULL of a TVIEW      | rewrites the TVIEW tv_post by VACUUM FULL |
        | CLUSTER of a base table     | rewrites the table tb_user by CLUSTER     |
        | REINDEX of a base table     | rebuilds the indexes of tb_post           |
        | REINDEX of a TVIEW          | rebuilds the indexes of the TVIEW tv_post |

    # Whoever reads by two indexes of a table deadlocks with a REINDEX that is not CONCURRENTLY, without any engine.
    Scenario Outline: all tables are rewritten while sessions stay open
      Given companies, users and posts, and TVIEWs on three levels
      And 10 sessions
      When each session renames a company, 5 times
      And the statement "<statement>" succeeds
      And each session renames a company, 5 times
      Then every session has committed all its transactions
      And the TVIEW contract held

      Examples:
        | case        | statement             |
        | VACUUM FULL | VACUUM FULL           |
        | REINDEX     | REINDEX SCHEMA public |

  Rule: What is renamed is followed

    # The sessions stay open, so that whatever they have planned and kept is of the time before.
    Scenario Outline: a table is altered between two transactions
      Given an engine that follows what is renamed
      And 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
      And 3 sessions
      When each session renames a user, 3 times
      And the statement "<alter>" succeeds
      And the TVIEW is now <tview>, that is "SELECT p.pk_post, p.<title> AS title, u.name AS author_name FROM <table> p JOIN tb_user u ON p.<user> = u.pk_user"
      And each session renames a user, 3 times
      Then every session has committed all its transactions
      And the TVIEW contract held
      When the statement "UPDATE <table> SET <title> = 'new', <user> = 7 WHERE pk_post BETWEEN 10 AND 20" succeeds
      And the statement "DELETE FROM <table> WHERE pk_post < 5" succeeds
      Then every TVIEW equals its defining query
      And nothing is left behind

      Examples:
        | case                             | alter                                                                                                         | tview           | table        | title    | user      |
        | a column is added                | ALTER TABLE tb_post ADD note TEXT DEFAULT 'none'                                                              | tv_post         | tb_post      | title    | fk_user   |
        | another type for an unread one   | ALTER TABLE tb_post ADD note INT DEFAULT 1; ALTER TABLE tb_post ALTER note TYPE TEXT                          | tv_post         | tb_post      | title    | fk_user   |
        | another name for a column        | ALTER TABLE tb_post RENAME title TO headline                                                                  | tv_post         | tb_post      | headline | fk_user   |
        | another name for a joined column | ALTER TABLE tb_post RENAME fk_user TO fk_author                                                               | tv_post         | tb_post      | title    | fk_author |
        | another name for the table       | ALTER TABLE tb_post RENAME TO tb_article                                                                      | tv_post         | tb_article   | title    | fk_user   |
        | another schema for the table     | CREATE SCHEMA blog; ALTER TABLE tb_post SET SCHEMA blog                                                       | tv_post         | blog.tb_post | title    | fk_user   |
        | another name for the schema      | CREATE SCHEMA old; ALTER TABLE tb_post SET SCHEMA old; ALTER SCHEMA old RENAME TO blog                        | tv_post         | blog.tb_post | title    | fk_user   |
        | another owner of the table       | ALTER TABLE tb_post OWNER TO pg_signal_backend                                                                | tv_post         | tb_post      | title    | fk_user   |
        | another name for the TVIEW       | ALTER TABLE tv_post RENAME TO tv_article                                                                      | tv_article      | tb_post      | title    | fk_user   |
        | another schema for the TVIEW     | CREATE SCHEMA blog; ALTER TABLE tv_post SET SCHEMA blog                                                       | blog.tv_post    | tb_post      | title    | fk_user   |
        | another owner of the TVIEW       | ALTER TABLE tv_post OWNER TO pg_signal_backend                                                                | tv_post         | tb_post      | title    | fk_user   |
        | the key of a table goes          | ALTER TABLE tb_user DROP CONSTRAINT tb_user_pkey CASCADE                                                      | tv_post         | tb_post      | title    | fk_user   |

  Rule: What cannot be followed is refused at once

    Scenario Outline: a table is altered so that the query, or its TVIEW, would be another one
      Given an engine that follows what is renamed
      And 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
      When the statement "<alter>" is tried
      Then it is refused with <sqlstate> and "<message>"
      When the statement "UPDATE tb_post SET title = 'new' WHERE pk_post < 10" succeeds
      Then every TVIEW equals its defining query
      And nothing is left behind

      Examples:
        | case                              | alter                                                                                                     | sqlstate | message                                                        |
        | a column that is read is dropped  | ALTER TABLE tb_post DROP title                                                                            | 2BP01    | cannot drop column title of table tb_post because other        |
        | it gets another type              | ALTER TABLE tb_post ALTER title TYPE VARCHAR(100)                                                         | 0A000    | cannot alter type of a column used by a view                   |
        | a base table becomes a partition  | CREATE TABLE tb_all (LIKE tb_post) PARTITION BY LIST (pk_post); ALTER TABLE tb_all ATTACH PARTITION tb_post DEFAULT | 0A000 | tb_post cannot be read by a TVIEW                     |
        | the TVIEW gets a column           | ALTER TABLE tv_post ADD note TEXT                                                                         | 42P17    | the columns of public.tv_post are not those of its defining query |
        | a column of the TVIEW is renamed  | ALTER TABLE tv_post RENAME title TO headline                                                              | 42P17    | the columns of public.tv_post are not those of its defining query |
        | a column of the TVIEW is dropped  | ALTER TABLE tv_post DROP title                                                                            | 42P17    | the columns of public.tv_post are not those of its defining query |
