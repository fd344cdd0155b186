@suite @nodatabase
Feature: The matrix of engines

  Runs of several engines are put side by side from what they have left behind for programs.
  The runs here were made by hand: two engines, a race and a feature.

  Background:
    Given a run of "sound 1.0" with these results
      | feature           | scenario         | outcome | reason | permutations                  |
      | A race by hand    | READ COMMITTED   | passed  |        | 3 BlockedThenExact, 17 Exact  |
      | A race by hand    | SERIALIZABLE     | passed  |        | 8 Retryable, 12 Exact         |
      | A feature by hand | rows are written | passed  |        |                               |
      | A feature by hand | rows are deleted | passed  |        |                               |
    And it does 512 transactions a second in 10 sessions on the same key, and passed
    And a run of "naive" with these results
      | feature           | scenario         | outcome | reason                                            | permutations      |
      | A race by hand    | READ COMMITTED   | failed  | exact: every TVIEW equals its defining query      | 12 Stale, 8 Exact |
      | A race by hand    | SERIALIZABLE     | skipped | the engine naive refuses to write at SERIALIZABLE |                   |
      | A feature by hand | rows are written | known   | known of the engine: its README says so           |                   |
      | A feature by hand | rows are deleted | passed  |                                                   |                   |
    And it does 900 transactions a second in 10 sessions on the same key, and failed
    And the failed race has the script "UPDATE tb_post SET title = 'by A1'"

  Scenario: each engine is a column, and each cell the worst that happened
    When './specs merge' joins the runs
    Then the matrix has these rows
      | table            | row                             | first                          | second                         |
      | At a glance      | what                            | sound 1.0                      | naive                          |
      | At a glance      | exact                           | held                           | broken                         |
      | Engine × race    | READ COMMITTED                  | waited                         | STALE                          |
      | Engine × race    | SERIALIZABLE                    | retry                          | skipped                        |
      | Engine × cost    | 10 sessions                     | 512 tx/s, p95 9 ms             | 900 tx/s, p95 9 ms             |
      | Engine × cost    | sessions work (on the same key) | p50 3 ms, p95 20 ms, max 50 ms | p50 3 ms, p95 20 ms, max 50 ms |
      | Engine × feature | A feature by hand               | 2 passed                       | 1 known, 1 passed              |
    And only the cells "2 failed, 1 known, 1 passed, 1 skipped; broken; STALE; 900 tx/s, p95 9 ms; p50 3 ms, p95 20 ms, max 50 ms; 1 failed; 1 failed, 1 skipped" are red
    And the cell "skipped" says "1 skipped: the engine naive refuses to write at SERIALIZABLE"
    And the cell "1 known, 1 passed" says "1 known: known of the engine: its README says so"
    And the page is not wider than 400 pixels, and asks nothing of a network

  Scenario: a red cell leads to its script
    When './specs merge' joins the runs
    And the cell "STALE" is clicked
    Then the evidence that is shown holds "UPDATE tb_post SET title = 'by A1'"
    And engine-matrix.md links "STALE" to a file that holds "UPDATE tb_post SET title = 'by A1'"

  Scenario: runs of one engine are shards, and no matrix is made of them
    Given a run of "naive" with these results
      | feature           | scenario         | outcome | reason | permutations |
      | A feature by hand | rows are written | passed  |        |              |
    When './specs merge' joins the runs of "naive"
    Then there is no matrix, and the report says "2 repetitions of 2 runs"
