Feature: Writers with another search_path, another role, other settings

  Who writes a base table may have set whatever a session can set. The engine works in that
  session, and must depend on none of it. (A user's own deferred trigger has a feature of its
  own among the races.)

  Rule: Whatever the writer has set, the TVIEW is exact

    # The other schema has tables of the same names, and functions called as PostgreSQL's own.
    Scenario Outline: a writer with other settings
      Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
      And the statement "CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.tv_post (LIKE tv_post INCLUDING ALL); CREATE TABLE elsewhere.tb_user (LIKE tb_user)"
      And the statement "CREATE FUNCTION elsewhere.jsonb_build_array(VARIADIC "any") RETURNS jsonb LANGUAGE internal AS 'jsonb_build_array'; CREATE FUNCTION elsewhere.pg_advisory_xact_lock(int, int) RETURNS void LANGUAGE sql AS ''"
      And the isolation level READ COMMITTED
      And sessions that connect <route>
      And these sessions
        | A                   | B              |
        | begins              | renames user 1 |
        | executes <settings> |                |
        | retitles post 1     |                |
        | commits             |                |
      When they take their steps in every permutation
      Then after every permutation the TVIEW contract held
      And no step failed

      Examples:
        | case                                             | route                       | settings                                                                                                                                         |
        | a search_path that begins elsewhere              | directly                    | SET LOCAL search_path = elsewhere, public, pg_catalog                                                                                            |
        | the same, through a pooler                       | through transaction pooling | SET LOCAL search_path = elsewhere, public, pg_catalog                                                                                            |
        | other formats of texts                           | directly                    | SELECT set_config('DateStyle', 'SQL, DMY', true), set_config('TimeZone', 'Asia/Tokyo', true), set_config('extra_float_digits', '-10', true)       |
        | other readings of SQL                            | directly                    | SELECT set_config('standard_conforming_strings', 'off', true), set_config('transform_null_equals', 'on', true), set_config('row_security', 'off', true) |
        | little memory and no index                       | directly                    | SELECT set_config('work_mem', '64kB', true), set_config('enable_indexscan', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('plan_cache_mode', 'force_custom_plan', true) |

    Scenario: constraints are made immediate, and more is written after that
      Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
      And the isolation level READ COMMITTED
      And sessions that connect directly
      And these sessions
        | A                           | B              |
        | begins                      | renames user 1 |
        | retitles post 1             |                |
        | makes constraints immediate |                |
        | retitles post 2             |                |
        | makes constraints deferred  |                |
        | retitles post 3             |                |
        | commits                     |                |
      When they take their steps in every permutation
      Then after every permutation the TVIEW contract held
      And no step failed

  Rule: Whoever may write the base tables needs no other right, and sees no less

    # The policies let that role see the posts 1 and 2 only. It renames authors of others all the same.
    Scenario Outline: a writer of another role
      Given an engine that asks for no other right than to write base tables
      And 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
      And a role that may write the base tables, and sees the first 2 posts only
      And the isolation level READ COMMITTED
      And sessions that connect directly
      And these sessions
        | A                | B               |
        | begins           | retitles post 3 |
        | executes <first> |                 |
        | renames user 1   |                 |
        | executes <then>  |                 |
        | retitles post 1  |                 |
        | executes <last>  |                 |
        | commits          |                 |
      When they take their steps in every permutation
      Then after every permutation the TVIEW contract held
      And no step failed

      Examples:
        | case                           | first                            | then                             | last                             |
        | it writes and commits          | SET LOCAL ROLE pg_signal_backend | SELECT 1                         | SELECT 1                         |
        | it writes, another one commits | SET LOCAL ROLE pg_signal_backend | SELECT 1                         | SET LOCAL ROLE NONE              |
        | another one writes, it commits | SELECT 1                         | SELECT 1                         | SET LOCAL ROLE pg_signal_backend |
        | it writes what comes second    | SELECT 1                         | SET LOCAL ROLE pg_signal_backend | SET LOCAL ROLE NONE              |

    Scenario: a role that has nothing to do with TVIEWs makes, alters and drops a table of its own
      When an ordinary role tries each of these
        | statement                          | outcome |
        | CREATE TEMP TABLE own (number INT) | ok      |
        | ALTER TABLE own ADD note TEXT      | ok      |
        | DROP TABLE own                     | ok      |

  Rule: Where a session has turned triggers off, the profile says what becomes of its writes

    Scenario: what it wrote so is maintained or not, and what comes after it is
      Given a user of the server who may turn triggers off
      And 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
      When the statement "BEGIN; SET LOCAL session_replication_role = replica; UPDATE tb_post SET title = 'unseen' WHERE pk_post = 1; COMMIT" succeeds
      Then what was written is in the TVIEW or is not, as the profile says of session_replication_role = replica
      And nothing is left behind
      When the statement "UPDATE tb_post SET title = 'seen' WHERE pk_post = 1" succeeds
      Then every TVIEW equals its defining query

    # What was written before is owed, whatever the session sets then; so is what comes after that.
    Scenario: triggers are turned off between what a transaction writes and its COMMIT
      Given a user of the server who may turn triggers off
      And 2 companies, 3 users and 6 posts, and TVIEWs on three levels
      And the isolation level READ COMMITTED
      And sessions that connect directly
      And these sessions
        | A                                                     | B               |
        | begins                                                | retitles post 1 |
        | renames company 1                                     |                 |
        | executes SET LOCAL session_replication_role = replica |                 |
        | commits                                               |                 |
      When they take their steps in every permutation
      Then after every permutation the TVIEW contract held
      And no step failed
