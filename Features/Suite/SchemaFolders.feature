@suite
Feature: Your own tables are a folder

  Whoever asks whether his own TVIEWs are exact gives a folder: schema.sql, and tv_NAME.sql for
  each TVIEW. What is wrong in it is said in one sentence before anything runs: which file, which
  line, what the server says, what to do.

  Scenario Outline: what is wrong in a folder is refused
    Given a folder with the tables a and b and the TVIEW tv_b
    And in it the file "<file>": <text>
    When the folder of tables is read
    Then it is refused with "<sentence>"

    Examples:
      | case                               | file                  | text                                                                            | sentence                                                                                            |
      | SQL that fails                     | schema.sql            | CREATE TABLE a (id int);\n\nCREATE TABLE b\n  (id itn);                         | schema.sql, line 3 (CREATE TABLE b (id itn)) fails on line 4 with 42704: type "itn" does not exist  |
      | SQL that fails in a second file    | 2-more.sql            | SELECT 1;\nSELEC 2;                                                             | 2-more.sql, line 2 (SELEC 2) fails with 42601                                                       |
      | rows that break a constraint       | 2-more.sql            | INSERT INTO b VALUES (3, 1, 0);                                                 | 2-more.sql, line 1 (INSERT INTO b VALUES (3, 1, 0)) fails with 23514                                |
      | rows without their parent          | 2-more.sql            | INSERT INTO b VALUES (3, 7, 1);                                                 | fails with 23503                                                                                    |
      | no table                           | schema.sql            | CREATE TYPE mood AS ENUM ('high');                                              | makes no table; a folder holds schema.sql                                                           |
      | no statement                       | schema.sql            | -- later                                                                        | has no schema.sql with statements; a folder holds schema.sql                                        |
      | a file that no schema has          | tv-b.sql              | SELECT 1                                                                        | has a file tv-b.sql, which is none of a schema's                                                    |
      | a command of psql                  | 2-more.sql            | SELECT 1;\n\\connect other                                                      | 2-more.sql, line 2 is a command of psql                                                             |
      | rows that psql would send          | 2-more.sql            | COPY a (id, name) FROM stdin;\n                                                 | has no rows behind it as pg_dump writes them                                                        |
      | a table that is not there          | tv_c.sql              | SELECT c.id AS pk_c FROM c                                                      | tv_c.sql, line 1 (SELECT c.id AS pk_c FROM c) reads c, which is not there; there are the tables a, b |
      | a column that is not there         | tv_c.sql              | SELECT a.id AS pk_c,\n a.nam FROM a                                             | fails on line 2 with 42703: column a.nam does not exist                                             |
      | a TVIEW without a key              | tv_c.sql              | SELECT id, name FROM a                                                          | tv_c.sql selects no column pk_…, so nothing tells its rows apart; select what does under such a name |
      | a key that several rows have       | tv_c.sql              | SELECT a AS pk_c, n FROM b                                                      | tv_c.sql gives the key pk_c = 1 for several rows                                                    |
      | a key that is NULL                 | tv_c.sql              | SELECT nullif(id, 1) AS pk_c FROM a                                             | tv_c.sql gives the key pk_c = NULL for some rows                                                    |
      | a circle                           | tv_b.sql              | SELECT pk_b FROM tv_b                                                           | tv_b.sql read each other in a circle                                                                |
      | two statements                     | tv_c.sql              | SELECT id AS pk_c FROM a; SELECT 2                                              | tv_c.sql holds 2 statements; it must be the one SELECT of the TVIEW tv_c                            |
      | no SELECT                          | tv_c.sql              | DELETE FROM a                                                                   | tv_c.sql holds a statement that is no SELECT                                                        |
      | rows that depend on the time       | tv_c.sql              | SELECT id AS pk_c, now() AS seen FROM a                                         | tv_c.sql gives other rows each time it is asked (now())                                             |
      | rows that depend on chance         | tv_c.sql              | SELECT id AS pk_c, random() AS n FROM a                                         | tv_c.sql gives other rows each time it is asked                                                     |
      | values for no column               | values.sql            | SELECT 1 AS "b.m"                                                               | values.sql, line 1 (SELECT 1 AS "b.m") selects 'b.m', which is no column; name each as table.column |
      | a placeholder of no column         | transactions/move.sql | UPDATE b SET n = :m WHERE id = 1                                                | transactions/move.sql has :m, which no column is called                                             |
      | a value that cannot be computed    | transactions/move.sql | \\set m gaussian(1, 2)\nUPDATE b SET n = :m                                     | transactions/move.sql sets m to 'gaussian(1, 2)', which cannot be computed                          |
      | a transaction of nothing           | transactions/move.sql | BEGIN; COMMIT;                                                                  | transactions/move.sql holds no statement                                                            |

  Scenario: an empty folder
    Given an empty folder of tables
    When the folder of tables is read
    Then it is refused with "has no schema.sql with statements"

  @nodatabase
  Scenario: what is wrong ends './specs schema check', and nothing is left
    Given a folder with the tables a and b and the TVIEW tv_b
    And in it the file "tv_c.sql": SELECT id, name FROM a
    When './specs schema check' is typed for that folder
    Then it exits with 2 and says "specs: tv_c.sql selects no column pk_…"
    And nothing is left in its temporary folder

  Scenario: a folder out of a database that pgbench has filled, in which nothing is written
    Given a database without any engine, filled by 'pgbench -i -s 1 --foreign-keys --partitions=3'
    When './specs schema take' is typed for that database, with 20 rows of each table
    Then it says "4 tables with", and exits with 0
    And nothing was written to the database
    And in it the file "tv_account.sql": SELECT a.aid AS pk_account, a.abalance, b.bbalance FROM pgbench_accounts a JOIN pgbench_branches b USING (bid)
    And the folder of tables can be read

  Scenario: a folder out of a database with an engine, which is left out, and whose TVIEWs are taken
    Given a database without any engine, filled by 'pgbench -i -s 1 --foreign-keys --partitions=3'
    And an engine is installed there, with the TVIEWs of docker/schemas/pgbench
    When './specs schema take' is typed for that database and its engine, with 20 rows of each table
    Then it says "4 tables with", and exits with 0
    And it says "The SELECTs of 2 TVIEWs are those of the engine's catalogue", and exits with 0
    And nothing was written to the database
    And the folder of tables can be read, and holds 4 tables, 2 TVIEWs

  Scenario: a folder is asked of an engine that is not there
    Given a database without any engine, filled by 'pgbench -i -s 1'
    When './specs schema take' is typed for that database and its engine, with 20 rows of each table
    Then it says "does not tell the TVIEWs of the engine", and exits with 2

  Scenario: rows as pg_dump writes them
    Given a folder with the tables a and b and the TVIEW tv_b
    And in it the file "2-rows.sql"
      """
      \restrict token
      BEGIN;
      COPY a (name, id) FROM stdin;
      it's \\N, or \ttwo words\v	3
      \N	4
      \.
      COPY b (id, a, n) FROM stdin;
      \.
      COMMIT;
      \unrestrict token
      DO $$ BEGIN ASSERT ARRAY(SELECT name FROM a WHERE id > 2 ORDER BY id) = ARRAY[E'it''s \\N, or \ttwo words\x0b', NULL]; END $$;
      """
    Then the folder of tables can be read, and holds 2 tables, 1 TVIEW

  # A column may be called as something in the suite's own queries is; names are quoted; a body is standard SQL.
  Scenario: names and functions that are easily taken for others
    Given a folder with the tables a and b and the TVIEW tv_b
    And in it the file "2-more.sql": CREATE TABLE "Q d" (b int PRIMARY KEY, q text, d float); INSERT INTO "Q d" VALUES (1, 'x', 1); CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 1; END;
    And in it the file "tv_q.sql": SELECT b AS pk_q, b, q, d AS "d e" FROM "Q d" -- all
    When './specs explore --seconds 1' is typed for that folder
    Then it says "tv_q: exact; ", and exits with 0

  Scenario Outline: values near those that are there are computed where only the server understands them
    Given a folder with the tables a and b and the TVIEW tv_b
    And in it the file "2-odd.sql": CREATE TYPE pair AS (n int, t text); CREATE DOMAIN positive AS int CHECK (VALUE > 0); CREATE TABLE odd (id int PRIMARY KEY, v <type>); INSERT INTO odd VALUES (1, <value>);
    When the folder of tables is read
    Then values near those of the column odd.v are <values>

    Examples:
      | case             | type       | value                   | values                          |
      | a range          | int4range  | '[1,3)'                 | (,3) [1,) [2,4)                 |
      | an array         | int[]      | '{1,2}'                 | {1,2,1,2} {2} {NULL}            |
      | one of a domain  | positive[] | '{1,2}'                 | {1,2,1,2} {2} {NULL}            |
      | a composite type | pair       | (1, 'x')), (2, (2, 'y') | (,x) (,y) (1,) (1,y) (2,) (2,x) |
      | bits             | bit(4)     | B'1010'                 | 0100 0101                       |
      | an address       | inet       | '10.0.0.255'            | 10.0.0.255/24 10.0.1.0/32       |
      | a network        | cidr       | '10.0.0.0/24'           | 10.0.1.0/24                     |
      | words of a text  | tsvector   | 'one:1'                 | 'another':10 'one':1 'one'      |
      | an interval      | interval   | '1 day'                 | 1 day 00:00:00.000001           |
      | XML              | xml        | '<a/>'                  | <a/><a/>                        |
      | a point          | point      | '(1,2)'                 | (1.5,2)                         |

  @nodatabase
  Scenario: a table without a key is taken, and it is said what cannot be judged
    Given a folder with the tables a and b and the TVIEW tv_b
    And in it the file "2-more.sql": CREATE TABLE note (words text); INSERT INTO note VALUES ('x');
    When './specs schema check' is typed for that folder
    Then it says "3 tables, 1 TVIEW", and exits with 0
    And it says "note: note has no primary key", and exits with 0
    And it says "reads a, b", and exits with 0
    And nothing is left in its temporary folder
