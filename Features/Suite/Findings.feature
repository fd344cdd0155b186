@suite
Feature: What the checks find

  The checks are checked with states of a database that were made by hand, good and bad,
  and the finding must be the expected one. (The triggers are off meanwhile, so the engine
  repairs nothing and records nothing.)

  Rule: A TVIEW equals its defining query in every row and column

    Scenario Outline: a TVIEW that was changed by hand
      Given the base table tb_test with 200 rows and its TVIEW tv_test
      And triggers are off
      And the statement "<statement>"
      Then "every TVIEW equals its defining query" is judged <verdict>
        | finding   |
        | <finding> |

      Examples:
        | case                  | statement                                                                                 | verdict | finding                                                                                                                                           |
        | a wrong value         | UPDATE tv_test SET data = 'wrong' WHERE pk_test = 1                                       | fail    | tv_test, pk_test 1: the query gives {"data": "row 1", "pk_test": 1}, the TVIEW holds {"data": "wrong", "pk_test": 1} … last refreshes of it: none |
        | null for a value      | UPDATE tv_test SET data = NULL WHERE pk_test = 1                                          | fail    | tv_test, pk_test 1: the query gives {"data": "row 1", "pk_test": 1}, the TVIEW holds {"data": null, "pk_test": 1} … last refreshes of it: none    |
        | a row that is missing | DELETE FROM tv_test WHERE pk_test = 2                                                     | fail    | tv_test, pk_test 2: the query gives {"data": "row 2", "pk_test": 2}, the TVIEW holds no row … last refreshes of it: none                          |
        | a ghost               | DELETE FROM tb_test WHERE pk_test = 3                                                     | fail    | tv_test, pk_test 3: the query gives no row, the TVIEW holds {"data": "row 3", "pk_test": 3} … last refreshes of it: none                          |
        | two rows for one      | ALTER TABLE tv_test DROP CONSTRAINT tv_test_pkey; INSERT INTO tv_test VALUES (4, 'row 4') | fail    | tv_test, pk_test 4: the query gives no row, the TVIEW holds {"data": "row 4", "pk_test": 4} … last refreshes of it: none                          |
        | no difference         | UPDATE tv_test SET data = data                                                            | pass    |                                                                                                                                                   |

    Scenario: as many rows, but others
      Given the base table tb_test with 200 rows and its TVIEW tv_test
      And triggers are off
      And the statement "UPDATE tv_test SET pk_test = 999 WHERE pk_test = 5"
      Then "every TVIEW equals its defining query" is judged fail
        | finding                                                                                                                      |
        | tv_test, pk_test 5: the query gives {"data": "row 5", "pk_test": 5}, the TVIEW holds no row … last refreshes of it: none     |
        | tv_test, pk_test 999: the query gives no row, the TVIEW holds {"data": "row 5", "pk_test": 999} … last refreshes of it: none |

  Rule: A transaction writes a key once, and the lower TVIEW first

    Scenario: a key twice in one transaction, and once in each of two
      Given companies, users and posts, and TVIEWs on three levels
      And these refreshes were recorded
        | transaction | tview   | key | event  |
        | 10          | tv_user | 1   | insert |
        | 10          | tv_user | 1   | update |
        | 11          | tv_user | 2   | update |
        | 12          | tv_user | 2   | update |
      Then "each key is written once" is judged fail
        | finding                                                        |
        | transaction 10 wrote key 1 of tv_user 2 times (insert, update) |

    Scenario: the upper TVIEW first
      Given companies, users and posts, and TVIEWs on three levels
      And these refreshes were recorded
        | transaction | tview   | key | event  |
        | 10          | tv_post | 1   | update |
        | 10          | tv_user | 1   | update |
        | 11          | tv_user | 1   | update |
        | 11          | tv_post | 1   | update |
      Then "TVIEWs are refreshed in order" is judged fail
        | finding                                                                                                     |
        | transaction 10 refreshed tv_post (record …) before it was done with tv_user (record …), which tv_post reads |
      And "each key is written once" is judged pass
        | finding |

    Scenario: nothing was recorded
      Given companies, users and posts, and TVIEWs on three levels
      Then "each key is written once" is judged unknown
        | finding                 |
        | no refresh was recorded |
      And "TVIEWs are refreshed in order" is judged unknown
        | finding                                                     |
        | no transaction refreshed both a TVIEW and one that reads it |

  Rule: Nothing is left behind

    Scenario Outline: one thing is left
      Given the base table tb_test with 200 rows and its TVIEW tv_test
      And triggers are off
      And the statement "<statement>"
      Then "nothing is left behind" is judged fail
        | finding   |
        | <finding> |

      Examples:
        | case                   | statement                                                                                                            | finding                                    |
        | a key that is owed     | INSERT INTO tviews_reference.queue SELECT '77', number, number, '{}' FROM tviews_reference.tview                     | queued key: 77 owes a refresh of tv_test   |
        | a flush that never ran | INSERT INTO tviews_reference.ticket VALUES ('77')                                                                    | unused ticket of transaction 77            |
        | a trigger of no TVIEW  | CREATE TRIGGER tview_1_insert AFTER INSERT ON tb_test FOR EACH STATEMENT EXECUTE FUNCTION tviews_reference.flush()   | orphaned trigger tview_1_insert on tb_test |
        | a view of no TVIEW     | CREATE VIEW tviews_reference.v_9 AS SELECT 1                                                                         | orphaned view tviews_reference.v_9         |
        | a function of no TVIEW | CREATE FUNCTION tviews_reference.refresh_1() RETURNS int LANGUAGE sql AS 'SELECT 1'                                  | orphaned function tviews_reference.refresh_1() |
        | a row in the catalogue | INSERT INTO tviews_reference.tview VALUES (1, 9, 1, 'pk')                                                            | catalogue row of a dropped TVIEW (1)       |
        | a query of no table    | INSERT INTO tviews_reference.noted VALUES (1, '')                                                                    | noted query of a dropped table (1)         |
        | a lock                 | SELECT pg_advisory_lock(1, 2)                                                                                        | advisory lock 1/2 held by pid …            |
        | a prepared transaction | BEGIN; INSERT INTO tb_test (data) VALUES ('x'); PREPARE TRANSACTION 'left by hand'                                   | prepared transaction 'left by hand'        |

    Scenario: nothing
      Given the base table tb_test with 200 rows and its TVIEW tv_test
      Then "nothing is left behind" is judged pass
        | finding |

  Rule: A deadlock is told by each of three sources, a crash by two

    Scenario: nobody tells of one
      Given the base table tb_test and its TVIEW tv_test
      And the server's log
        """
        LOG:  checkpoint starting
        """
      Then "no deadlock" is judged pass
        | finding |
      And "the engine has no part in a deadlock" is judged pass
        | finding |
      And "the server never restarted" is judged pass
        | finding |

    Scenario: a session tells of one
      Given the base table tb_test and its TVIEW tv_test
      And session 3 got 40P01 at its insert
      Then "no deadlock" is judged fail
        | finding                                      |
        | session 3 got 40P01 at its insert, attempt 1 |

    Scenario: the log tells of one in which the engine has a part
      Given the base table tb_test and its TVIEW tv_test
      And the server's log
        """
        2026 [1] db=another,app=x ERROR:  deadlock detected
        2026 [1] db=<database>,app=session 1 ERROR:  deadlock detected
        2026 [1] db=<database>,app=session 1 DETAIL:  Process 1 waits for ExclusiveLock on advisory lock [1,2,3,2]; blocked by process 2.
        """
      Then "no deadlock" is judged fail
        | finding                                                       |
        | log: … ERROR: deadlock detected … on advisory lock [1,2,3,2]… |
      And "the engine has no part in a deadlock" is judged fail
        | finding                                                       |
        | log: … ERROR: deadlock detected … on advisory lock [1,2,3,2]… |

    Scenario: the log tells of one among users
      Given the base table tb_test and its TVIEW tv_test
      And the server's log
        """
        2026 [1] db=<database>,app=session 1 ERROR:  deadlock detected
        2026 [1] db=<database>,app=session 1 DETAIL:  Process 1 waits for ShareLock on transaction 5; blocked by process 2.
        """
      Then "the engine has no part in a deadlock" is judged pass
        | finding |

    Scenario: there is no log to read
      Given the base table tb_test and its TVIEW tv_test
      And no log of the server can be read
      Then "the engine has no part in a deadlock" is judged unknown
        | finding                         |
        | the server's log cannot be read |

    Scenario: a process of the server crashed
      Given the base table tb_test and its TVIEW tv_test
      And the server's log
        """
        LOG:  server process (PID 9) was terminated by signal 11: Segmentation fault
        """
      Then "the server never restarted" is judged fail
        | finding                                                                           |
        | log: LOG:  server process (PID 9) was terminated by signal 11: Segmentation fault |

    Scenario: the server is another process than before
      Given the base table tb_test and its TVIEW tv_test
      And the server had started a year before
      Then "the server never restarted" is judged fail
        | finding                                             |
        | the server restarted: it had started at …, now at … |

  Rule: Prepared work is there as a whole or not at all

    Scenario Outline: prepared rows
      Then of the rows "<found>" those expected were "<expected>", which is judged <verdict>
        | finding   |
        | <finding> |

      Examples:
        | case                         | expected | found | verdict | finding         |
        | all are there                | a, b     | b, a  | pass    |                 |
        | one is missing               | a, b     | a     | fail    | missing: b      |
        | one was not expected         | a        | a, b  | fail    | not expected: b |
        | one is there twice           | a        | a, a  | fail    | not expected: a |
        | one where there must be none |          | a     | fail    | not expected: a |

  Rule: The explorer's one look at everything is content where all checks are

    Scenario: nothing is wrong
      Given companies, users and posts, and TVIEWs on three levels
      And the statement "UPDATE tb_user SET name = 'changed' WHERE pk_user = 1"
      Then all contracts together are judged "pass, pass, pass, pass, pass, pass"
      And one look at everything judges the same

  Rule: A check that cannot be carried out has found nothing out

    Scenario: a check that throws
      Given the base table tb_test and its TVIEW tv_test
      And the statement "DROP SCHEMA specs_watch CASCADE"
      Then all contracts together are judged "pass, unknown, pass, pass, pass"
      And one of them found "the check itself failed: 42P01"

  Rule: Each failure has a place for its evidence

    Scenario: titles too long for the name of a file
      When the evidence of two scenarios is kept, whose titles of 300 characters differ in the last one
      Then each of them finds its own again
