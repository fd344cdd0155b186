@suite @nodatabase
Feature: What is concluded from a history

  The checks are checked with histories written by hand. A history that proves nothing is
  not taken for a good one.

  Scenario: the overlap is counted, not assumed
    Given a history
      | session | kind   | start | end | outcome |
      | 1       | insert | 0     | 10  | ok      |
      | 2       | insert | 5     | 15  | ok      |
      | 3       | insert | 9     | 12  | ok      |
      | 1       | insert | 15    | 20  | ok      |
      | 4       | audit  | 0     | 20  | ok      |
    Then its largest overlap is 3
    And an overlap of at least 3 is judged pass
    And an overlap of at least 4 is judged unknown because "there were never more than 3"

  Scenario: transactions one after another do not overlap
    Given a history
      | session | kind   | start | end | outcome |
      | 1       | insert | 0     | 10  | ok      |
      | 2       | insert | 10    | 20  | ok      |
    Then its largest overlap is 1

  Scenario: an empty history proves nothing
    Given a history
      | session | kind | start | end | outcome |
    Then an overlap of at least 1 is judged unknown because "no operation completed"
    And completion of 1 transaction each is judged unknown because "no operation completed"
    And the audits are judged unknown because "no audit began and ended while the sessions worked"

  Scenario: a session that did less than it was asked for
    Given a history
      | session | kind   | start | end | outcome |
      | 1       | insert | 0     | 10  | ok      |
      | 1       | insert | 10    | 20  | ok      |
      | 2       | insert | 0     | 10  | ok      |
    Then completion of 2 transactions each is judged fail because "session 2 finished 1 of 2 transactions"

  Scenario: a retried failure is no failure, one that was given up is
    Given a history
      | session | kind   | start | end | outcome       |
      | 1       | insert | 0     | 10  | 40001 retried |
      | 1       | insert | 10    | 20  | ok            |
      | 2       | insert | 0     | 10  | ok            |
    Then completion of 1 transaction each is judged pass
    Given a history
      | session | kind   | start | end | outcome |
      | 1       | insert | 10    | 20  | ok      |
      | 2       | insert | 0     | 10  | 23505   |
    Then completion of 1 transaction each is judged fail because "1 × failed 23505"

  Scenario: an auditor who saw a difference, and one who came too late
    Given a history
      | session | kind   | start | end | outcome |
      | 1       | insert | 0     | 10  | ok      |
      | 2       | audit  | 2     | 8   | SPECD   |
    Then the audits are judged fail because "auditor 2 saw"
    Given a history
      | session | kind   | start | end | outcome |
      | 1       | insert | 0     | 10  | ok      |
      | 2       | audit  | 8     | 14  | ok      |
    Then the audits are judged unknown because "no audit began and ended"

  Scenario Outline: percentiles are values that were measured
    Given the latencies 15, 20, 35, 40 and 50 ms
    Then percentile <percent> is <value> ms

    Examples:
      | case      | percent | value |
      | the 5th   | 5       | 15    |
      | the 30th  | 30      | 20    |
      | the 40th  | 40      | 20    |
      | the 50th  | 50      | 35    |
      | the 95th  | 95      | 50    |
      | the 100th | 100     | 50    |
