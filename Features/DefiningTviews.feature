Feature: Defining TVIEWs

  What can be a TVIEW, under which names, and for whom. What cannot is refused with an
  error that says why and what to do, and nothing is changed by the attempt. (Here the
  SQL is the point.)

  Background:
    Given an engine that has the words of the reference engine

  Rule: What cannot be a TVIEW is refused

    Scenario Outline: a table that cannot be converted
      Given the statement "CREATE TABLE tb_item (pk_item SERIAL PRIMARY KEY, name TEXT, extra JSON)"
      And the statement "INSERT INTO tb_item (name) VALUES ('a'), ('b')"
      And the statement "<create>"
      When the statement "SELECT pg_tviews_convert_existing_table('<table>')" is tried
      Then it is refused with <sqlstate>, "<message>" and a hint
      And no TVIEW, no trigger and no view has come into being

      Examples:
        | case              | create                                                            | table   | sqlstate | message                            |
        | no such table     | SELECT 1                                                          | tv_nix  | 42P01    | there is no table tv_nix           |
        | no recorded query | CREATE TABLE tv_item (pk_item INT)                                | tv_item | 55000    | the query that made tv_item is not |
        | no pk column      | CREATE TABLE tv_item AS SELECT name FROM tb_item                  | tv_item | 42703    | has no pk_* column                 |
        | no equality       | CREATE TABLE tv_item AS SELECT pk_item, extra FROM tb_item        | tv_item | 42804    | type json, which has no equality   |
        | an array of those | CREATE TABLE tv_item AS SELECT pk_item, ARRAY[extra] FROM tb_item | tv_item | 42804    | type json[], which has no equality |
        | keys not unique   | CREATE TABLE tv_item AS SELECT 1 AS pk_item, name FROM tb_item    | tv_item | 21000    | are not identified by pk_item      |
        | a key is null     | CREATE TABLE tv_item AS SELECT NULL::int AS pk_item FROM tb_item  | tv_item | 21000    | are not identified by pk_item      |
        | a system view     | CREATE TABLE tv_item AS SELECT oid AS pk_item FROM pg_roles       | tv_item | 0A000    | cannot be read by a TVIEW          |

    Scenario: a TVIEW that would read itself
      Given the statement "CREATE TABLE tb_item (pk_item SERIAL PRIMARY KEY, name TEXT)"
      And the statement "CREATE VIEW items AS SELECT pk_item, name FROM tb_item"
      And the statement "CREATE TABLE tv_low AS SELECT pk_item, name FROM items"
      And the statement "SELECT pg_tviews_create('tv_high', 'SELECT pk_item, name FROM tv_low')"
      And the statement "CREATE OR REPLACE VIEW items AS SELECT pk_item, name FROM tv_high"
      When the statement "SELECT pg_tviews_convert_existing_table('tv_low')" is tried
      Then it is refused with 42P17, "tv_low would read itself" and a hint

    Scenario: a table that is a TVIEW already
      Given the statement "CREATE TABLE tb_item (pk_item SERIAL PRIMARY KEY, name TEXT)"
      And the statement "SELECT pg_tviews_create('tv_item', 'SELECT pk_item, name FROM tb_item')"
      When the statement "SELECT pg_tviews_convert_existing_table('tv_item')" is tried
      Then it is refused with 42710, "is a TVIEW already" and a hint

    Scenario Outline: a text that is not one SELECT
      When the statement "SELECT pg_tviews_create('tv_item', '<text>')" is tried
      Then it is refused with 42601, "a defining query is one SELECT statement" and a hint
      And no TVIEW, no trigger and no view has come into being

      Examples:
        | case                  | text                                 |
        | two statements        | SELECT 1 AS pk_x; DROP SCHEMA public |
        | a DELETE              | DELETE FROM pg_class                 |
        | an injected statement | 1) q; DROP SCHEMA public CASCADE; -- |

    Scenario: at a stricter isolation level its rows could not be read after its tables were locked
      Given the statement "CREATE TABLE tb_item (pk_item SERIAL PRIMARY KEY, name TEXT)"
      When the statement "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT pg_tviews_create('tv_item', 'SELECT pk_item, name FROM tb_item')" is tried
      Then it is refused with 25001, "can only be created at READ COMMITTED" and a hint

    Scenario: dropping what is not there
      When the statement "SELECT pg_tviews_drop('tv_nix')" is tried
      Then it is refused with 42704, "there is no TVIEW tv_nix" and a hint
      And the statement "SELECT pg_tviews_drop('tv_nix', true)" succeeds

  Rule: Any name will do

    Scenario: quotes, capitals, blanks and another schema
      Given the statement "CREATE SCHEMA "My Schema""
      And the statement "CREATE TABLE "My Schema"."tb It's" ("pk_It's" BIGINT PRIMARY KEY, "The ""Text""" TEXT)"
      And the statement "SELECT pg_tviews_create('"My Schema"."tv It''s"', 'SELECT "pk_It''s", "The ""Text""" FROM "My Schema"."tb It''s"')"
      When the statement "INSERT INTO "My Schema"."tb It's" VALUES (1, 'a'), (5000000000, 'b')" succeeds
      And the statement "UPDATE "My Schema"."tb It's" SET "The ""Text""" = 'c' WHERE "pk_It's" = 5000000000" succeeds
      Then the query "SELECT string_agg("The ""Text""", ',' ORDER BY 1) FROM "My Schema"."tv It's"" gives "a,c"
      And the statement "DROP TABLE "My Schema"."tv It's"" succeeds
      And no TVIEW, no trigger and no view has come into being

  Rule: Who may write base tables needs no other right

    Scenario: an ordinary role
      Given the statement "CREATE TABLE tb_item (pk_item SERIAL PRIMARY KEY, name TEXT)"
      And the statement "SELECT pg_tviews_create('tv_item', 'SELECT pk_item, name FROM tb_item')"
      And the statement "GRANT INSERT, UPDATE, SELECT ON tb_item TO PUBLIC"
      And the statement "GRANT USAGE ON SEQUENCE tb_item_pk_item_seq TO PUBLIC"
      And the statement "GRANT SELECT ON tv_item TO PUBLIC"
      When an ordinary role tries each of these
        | statement                                               | outcome |
        | INSERT INTO tb_item (name) VALUES ('mine')              | ok      |
        | UPDATE tb_item SET name = 'still mine'                  | ok      |
        | SELECT pg_tviews_queue_stats()                          | ok      |
        | SELECT * FROM pg_tview_meta                             | ok      |
        | INSERT INTO tv_item VALUES (99, 'forged')               | 42501   |
        | SELECT * FROM tviews_reference.queue                    | 42501   |
        | DELETE FROM tviews_reference.queue                      | 42501   |
        | SELECT * FROM pg_tview_queue_persistence                | 42501   |
        | SELECT pg_tviews_drop('tv_item')                        | 42501   |
        | SELECT pg_tviews_create('tv_own', 'SELECT 1 AS pk_own') | 42501   |
        | SELECT pg_tviews_convert_existing_table('tv_item')      | 42501   |
        | SELECT tviews_reference.forget_traces()                 | 42501   |
      Then the query "SELECT name FROM tv_item" gives "still mine"
