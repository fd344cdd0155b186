@suite @nodatabase
Feature: The page that a run leaves behind

  People who never open code read what a run found in a browser. The page is made from
  results that were written by hand, and looked at in a real browser.

  Background:
    Given the page of a feature with these results
      | scenario                | tags        | outcome | steps                  |
      | posts are written       | @load @plan | passed  | passed, passed, passed |
      | users are renamed       | @load       | failed  | passed, passed, failed |
      | a pooler is killed      | @pool       | skipped | skipped                |
      | nobody came to this one | @pool       |         |                        |
    And the failure came with these differing rows
      | pk_post |                 | title   | author_name           |
      | 90      | the query gives | Post 90 | by session 4, 2       |
      | 90      | the TVIEW holds | Post 90 | User <90> & "friends" |
    And a deadlock of the server processes 4711 and 4712
    And the page is open in a browser

  Scenario: it opens without an error and needs no network
    Then the browser's console is empty
    And nothing was asked of a network
    And the page says "1 failed, 1 passed, 1 skipped, 1 not run"

  Scenario: the first screen says whether the run is good
    Then the page says "Not good: 1 of the 2 scenarios that ran failed; broken: exact"
    And these contracts are shown for "A feature by hand"
      | contract | is         |
      | exact    | broken     |
      | live     | held       |
      | durable  | not judged |
    And the scenario of the plan is shown with "sessions 100, transactions 1,000, deadlocks 0, p95 ms 9"
    And the page shows the picture "Throughput over time"
    And the page shows the row "Two writers of one row | STALE | waited | not run"

  Scenario: what did not run is told with its reason
    Then the page says "1 scenario: there is no pooler"
    And the page says "1 scenario: not selected by the filter of this run"

  Scenario: on a phone nothing but tables is wider than the window
    When the window is 400 pixels wide
    Then the page is not wider than the window

  Scenario: the filter finds scenarios by words, tag and outcome
    Then these scenarios are shown: users are renamed, posts are written, a pooler is killed
    When somebody searches for "posts written"
    Then these scenarios are shown: posts are written
    When somebody searches for "no such words"
    Then no scenario is shown
    When somebody searches for ""
    And somebody chooses the tag @pool
    Then these scenarios are shown: a pooler is killed
    When somebody asks for the outcome "not run" as well
    Then these scenarios are shown: a pooler is killed, nobody came to this one

  Scenario: a failure is told with all its evidence
    Then the failed scenario is open, the others are closed
    And the third step of "users are renamed" is marked as failed
    And the page shows the row "90 | the TVIEW holds | Post 90 | User <90> & "friends""
    And the page shows the row "4711 | ShareLock on transaction 7 | 4712 | UPDATE tb_user SET name = 'x'"
    And the page shows the picture "The lock graph of the deadlock"
    And the page says "./specs run --filter "A feature by hand users are renamed" --seed 42"

  Scenario: pictures, headings and tables are there for who cannot see them
    Then every picture has a title and a description
    And every table has a caption
    And no heading skips a level
    And every control has a label
    And the numbers of the picture "The workload over time" are in a table

  Scenario: without a script nothing is hidden
    Given the page is open in a browser without scripts
    Then these scenarios are shown: users are renamed, posts are written, a pooler is killed, nobody came to this one
    And the filter is not there

  Scenario: who has given tables of his own is answered first
    Given a run over his tables that showed this of his TVIEWs
      | TVIEW    | permutations | transactions | snapshots | largest fan-out | finding                                            |
      | tv_order | 1200         | 600          | 40        | 31              |                                                    |
      | tv_stock | 1200         | 600          | 38        | 4               | exact: every TVIEW equals its defining query: FAIL |
      | tv_path  | 0            | 0            | 0         | 0               |                                                    |
    And these costs of statements under them
      | statement | times as long | WAL bytes without | WAL bytes with |
      | update    | 3.5           | 200               | 900            |
    And that no statement wrote the column "stock.note" of 12 columns
    And that sessions waited in 90 of the permutations, in 7 of them perhaps without need
    And the page is open in a browser
    Then the first section of the page is "Your TVIEWs"
    And the page shows the row "tv_order | exact | 1,200 | 600 | 40 | 31 (updates a row of stock)"
    And the page shows the row "tv_stock | STALE: not exact | 1,200 | 600 | 38 | 4 (updates a row of stock)"
    And the page shows the row "tv_path | unknown: not compared in this run | 0 | 0 | 0 | none"
    And the page shows the row "update | 3.5× | 4.5× | 200 | 900 | 20"
    And the page says "tv_stock: exact: every TVIEW equals its defining query: FAIL"
    And the page links to the script "failed/your%20tables/races/race.sql"
    And the page links to the script "failed/your%20tables/races/setup.sql"
    And the page says "Statements wrote 11 of 12 columns; never written: stock.note."
    And the page says "in 7 of those it waited on a lock that is no row's"
    And every table has a caption
    And no heading skips a level
    And the page as Markdown says the same of them
