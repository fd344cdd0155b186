@suite @nodatabase
Feature: What is concluded from figures

  Figures are compared and limited by rules that are checked here with numbers written by
  hand. Runs that cannot be compared are told apart from runs that are equally fast.

  Scenario Outline: two runs are compared beyond their noise
    Given a workload "inserts" of a first run with <sessions> sessions at <before> ms, within <low> to <high> ms
    And the same workload of a second run with 100 sessions at <after> ms, within <low2> to <high2> ms
    Then its median latency is judged <verdict>

    Examples:
      | case                        | sessions | before | low | high | after | low2 | high2 | verdict |
      | twice as slow               | 100      | 10     | 9   | 11   | 20    | 18   | 22    | slower  |
      | twice as fast               | 100      | 20     | 18  | 22   | 10    | 9    | 11    | faster  |
      | slower, within the noise    | 100      | 10     | 5   | 15   | 14    | 9    | 19    | same    |
      | too little slower to matter | 100      | 100    | 99  | 101  | 103   | 102  | 104   | same    |
      | another number of sessions  | 50       | 10     | 9   | 11   | 10    | 9    | 11    | unknown |

  # The machine has no part in it, so a smaller change counts.
  Scenario Outline: what is counted is compared more narrowly than what is timed
    Given a workload "inserts" of a first run that wrote <before> bytes of WAL for each transaction
    And the same workload of a second run that wrote <after> bytes
    Then its WAL is judged <verdict>

    Examples:
      | case                      | before | after | verdict |
      | three of a hundred more   | 1000   | 1030  | slower  |
      | three of a hundred less   | 1000   | 970   | faster  |
      | one of a hundred more     | 1000   | 1010  | same    |

  Scenario: many repetitions bring their own noise
    Given a workload "inserts" of a first run with 100 sessions at 10, 11, 9, 10, 12, 10 and 11 ms
    And the same workload of a second run with 100 sessions at 14, 15, 16, 14, 15, 13 and 15 ms
    Then its median latency is judged slower

  Scenario: a machine that is another one says nothing
    Given a workload "inserts" of a first run with 100 sessions at 10 ms, within 9 to 11 ms
    And the same workload of a second run with 100 sessions at 20 ms, within 18 to 22 ms
    And the second run was on another machine
    Then nothing can be said about it, because "machine was"

  Scenario: what two machines did from a common start is one load
    Given first loads of 100 sessions that ran 1000 transactions in 4 s, and of 50 sessions that ran 1000 in 5 s
    Then together they are 150 sessions with 2000 transactions at 400 a second, all at work for 4 s

  Scenario: a limit that is broken is a finding
    Given limits
      | figure    | scenario | most |
      | deadlocks |          | 0    |
      | deadlocks | chaos    |      |
      | p95/p50   |          | 10   |
    And figures of workloads
      | scenario | deadlocks | p50 | p95 |
      | inserts  | 0         | 10  | 50  |
      | chaos    | 7         | 10  | 20  |
    Then the limit of deadlocks is judged pass
    And the limit of p95/p50 is judged pass
    Given figures of workloads
      | scenario | deadlocks | p50 | p95 |
      | inserts  | 1         | 10  | 150 |
    Then the limit of deadlocks is judged fail because "inserts: deadlocks is 1, and 0 is the most"
    And the limit of p95/p50 is judged fail because "inserts: p95/p50 is 15, and 10 is the most"
    Given figures of workloads
      | scenario | deadlocks | p50 | p95 |
    Then the limit of deadlocks is judged unknown because "no workload of this run has it"

  Scenario: a broken limit fails the scenario whose figures broke it, and no other
    When the feature "The cost of maintenance" runs with the limit that in "inserts a post" the p95/p50 is 0
    Then its scenario "inserts a post" failed because of "p95/p50 is"
    And its other 2 scenarios passed, and no other failure is told

  Scenario: the limits of the suite itself can be read
    Then limits.json limits deadlocks, p95/p50, cost of maintenance and WAL of maintenance

  Scenario Outline: what repetitions prove
    Then <failed> failures in <runs> repetitions mean "<sentence>"

    Examples:
      | case                  | failed | runs | sentence                                                               |
      | 100 without a failure | 0      | 100  | 0 of 100 failed; with 95 % confidence fewer than 3 of 100 runs fail    |
      | 10 without a failure  | 0      | 10   | 0 of 10 failed; with 95 % confidence fewer than 25.9 of 100 runs fail  |
      | 100 with failures     | 5      | 100  | 5 of 100 failed; with 95 % confidence fewer than 11.2 of 100 runs fail |
      | none at all           | 0      | 0    | it never ran, so nothing is known                                      |

  Scenario: a pace counts the wait of a transaction that begins late
    Given 4 sessions that begin 100 transactions a second
    Then transaction 1 of session 1 is due after 0 ms
    And transaction 1 of session 3 is due after 20 ms
    And transaction 5 of session 2 is due after 170 ms
    And a transaction that was due at 170 ms, began at 500 ms and ended at 510 ms took 340 ms

  Scenario: the shards of a soak share its repetitions
    Then of 10 repetitions shard 1/3 has 1, 4, 7 and 10
    And of 10 repetitions shard 3/3 has 3, 6 and 9
    And of 2 repetitions shard 1/1 has 1 and 2

  Scenario: who waited for whom is read from the server's log
    Given a server's log with these lines
      | line                                                                                                                                  |
      | 2026-11-22 20:08:57.785 UTC [11] db=d,app=d session 3 LOG:  process 11 still waiting for ShareLock on transaction 7 after 1015.941 ms |
      | 2026-11-22 20:08:57.785 UTC [11] db=d,app=d session 3 DETAIL:  Process holding the lock: 12. Wait queue: 11.                          |
      | 2026-11-22 20:08:57.790 UTC [12] db=d,app=d session 4 LOG:  process 12 still waiting for ExclusiveLock on tuple (0,1) after 1001.1 ms |
      | 2026-11-22 20:08:57.790 UTC [12] db=d,app=d session 4 DETAIL:  Processes holding the lock: 13, 14. Wait queue: 12.                    |
      | 2026-11-22 20:08:58.785 UTC [12] db=d,app=d session 4 LOG:  process 12 acquired ExclusiveLock on tuple (0,1) after 1500.4 ms          |
      | 2026-11-22 20:08:58.985 UTC [11] db=d,app=d session 3 LOG:  process 11 acquired ShareLock on transaction 7 after 2015.9 ms            |
      | 2026-11-22 20:08:59.000 UTC [15] db=d,app=d session 5 ERROR:  duplicate key value violates unique constraint                          |
    Then these waits are told
      | session   | process | waited ms | for                          | held by        |
      | session 3 | 11      | 2016      | ShareLock on transaction 7   | 12 (session 4) |
      | session 4 | 12      | 1500      | ExclusiveLock on tuple (0,1) | 13, 14         |
