@suite
Feature: What is found is a script for psql

  A finding comes with setup.sql, which makes its tables and TVIEWs in an empty database, and
  with race.sql, which has a column for each session. What stands in the columns is given to
  psql as it is, from top to bottom.

  @nodatabase
  Scenario Outline: a statement is broken into lines where that changes nothing
    Given a session that executes <statement>
    Then in its script stands <lines>

    Examples:
      | case                                  | statement                                                                        | lines                                                                                  |
      | a short one                           | DELETE FROM a                                                                    | DELETE FROM a;                                                                         |
      | a long one                            | UPDATE pgbench_branches SET bbalance = bbalance + 2852 WHERE bid = 3             | UPDATE pgbench_branches SET bbalance = bbalance +\n  2852 WHERE bid = 3;               |
      | blanks in a string                    | UPDATE a SET name = 'it''s  two blanks, and more words than one line has '       | UPDATE a SET name =\n  'it''s  two blanks, and more words than one line has ';         |
      | a string of two lines                 | UPDATE a SET name = 'one \\ \ntwo'                                               | UPDATE a SET name = E'one \\\\ \\ntwo';                                                |
      | a string with an escape               | UPDATE a SET name = E'it\\'s\n--'                                                | UPDATE a SET name = E'it\\'s\\n--';                                                    |
      | a name with blanks                    | UPDATE "a table with blanks" SET "a column,  with two blanks in it" = 1          | UPDATE "a table with blanks" SET\n  "a column,  with two blanks in it" = 1;            |
      | a statement that somebody has written | UPDATE b\n    SET n = n + 1, -- one more; who?\n    a = /* b */ 'a--b'           | UPDATE b SET n = n + 1, a = 'a--b';                                                    |
      | a block                               | DO $$\nBEGIN\n  PERFORM 'x';\nEND $$                                             | DO E'\\nBEGIN\\n  PERFORM ''x'';\\nEND ';                                              |
      | rows with blanks and an empty column  | COPY a FROM STDIN\n1\tsome words at the end of which there are two blanks  \n2\t | COPY a FROM STDIN;\n1\tsome words at the end of which there are two blanks  \n2\t\n\\. |

  # Its keys stand where lines are broken, and look like a comment, a command of psql, the end of a row.
  Scenario: what is found on somebody's tables shows in psql as well
    Given a folder with the tables a and b and the TVIEW tv_b
    And in it the file "schema.sql": CREATE TABLE a (id text PRIMARY KEY, name char(88)); CREATE TABLE b (id int PRIMARY KEY, a text REFERENCES a, n int NOT NULL);
    And in it the file "2-rows.sql": INSERT INTO a SELECT E'two  blanks; -- no comment,\n\\. ''a'' second line, and what makes it long ' || i FROM generate_series(1, 2) i; INSERT INTO b SELECT 1, id, 1 FROM a LIMIT 1;
    And in it the file "transactions/move.sql": UPDATE b SET n = n + 1 /* -- and so on */, a = :a WHERE id = :id; -- the last
    When './specs explore --engine row-trigger --seed 11' is typed for that folder
    Then it says "exact: every TVIEW equals its defining query: FAIL", and exits with 1
    When the TVIEWs of its setup.sql are made in an empty database
    And what stands in the columns of its race.sql is given to psql
    Then a TVIEW differs from its query there
