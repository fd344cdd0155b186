@suite @nodatabase
Feature: What is concluded of faults that were injected

  A fault that came between two transactions has proved nothing, and an error that no fault explains
  is a finding. The checks are checked with histories written by hand.

  Scenario Outline: a fault into session 1
    Given sessions that worked while something went wrong
      | session | start | end | outcome  |
      | 1       | 0     | 10  | <first>  |
      | 1       | 20    | 30  | <second> |
      | 2       | 0     | 15  | ok       |
      | 2       | 20    | 30  | ok       |
    And a fault into session 1 at <at>, with <under way> transactions under way, <where>
    Then that a fault came in the middle of a transaction is judged <transaction>
    And that a fault came in the middle of a flush is judged <flush>
    And that only what was hit failed is judged <clean>
    And that every session went on is judged <goes on>

    Examples:
      | case                              | first      | second     | at | under way | where             | transaction | flush   | clean | goes on |
      | in the middle of a transaction    | lost 57P01 | ok         | 5  | 1         | outside its flush | pass        | unknown | pass  | pass    |
      | inside the flush                  | 57014      | ok         | 5  | 1         | inside its flush  | pass        | pass    | pass  | pass    |
      | between two transactions          | ok         | lost 57P01 | 15 | 0         | outside its flush | unknown     | unknown | pass  | fail    |
      | nothing written yet               | lost 57P01 | ok         | 5  | 0         | outside its flush | unknown     | unknown | pass  | pass    |
      | it committed all the same         | ok         | ok         | 5  | 1         | outside its flush | unknown     | unknown | pass  | pass    |
      | an error that says something else | XX000      | ok         | 5  | 1         | outside its flush | pass        | unknown | fail  | pass    |
      | two errors of one fault           | lost 57P01 | lost 57P01 | 15 | 1         | outside its flush | unknown     | unknown | fail  | fail    |

  Scenario Outline: a fault into all sessions
    Given sessions that worked while something went wrong
      | session | start | end | outcome |
      | 1       | 0     | 10  | lost    |
      | 2       | 0     | 10  | <other> |
    And a fault into all sessions at 5, with <under way> transactions under way
    Then that each fault met 2 transactions is judged <verdict>

    Examples:
      | case                          | other | under way | verdict |
      | both were lost                | lost  | 2         | pass    |
      | one had been answered         | ok    | 2         | unknown |
      | one had written nothing so far | lost  | 1         | unknown |

  Scenario: a load without faults proves nothing of them
    Given sessions that worked while something went wrong
      | session | start | end | outcome |
      | 1       | 0     | 10  | ok      |
    Then that a fault came in the middle of a transaction is judged unknown
    And that each fault met 2 transactions is judged unknown
    And that every session went on is judged unknown

  Scenario Outline: an auditor at the moment of a fault
    Given sessions that worked while something went wrong
      | session | start | end | outcome        |
      | 1       | 0     | 30  | ok             |
      | 1       | 0     | 4   | audit          |
      | 1       | 4     | 10  | audit <second> |
    And a fault into <whom> at 5, with 1 transactions under way
    Then that the audits saw no difference is judged <verdict>

    Examples:
      | case                          | second     | whom         | verdict |
      | lost with everybody else      | lost 57P01 | all sessions | pass    |
      | lost, and no fault explains it | lost 57P01 | session 1    | fail    |
      | saw a difference              | SPECD      | all sessions | fail    |

  Scenario Outline: what is there of a transaction that was committed
    Then that a committed token in <rows> rows, <shown> of them in the TVIEW, is whole, is judged <verdict>
    And the same where the last may be lost is judged <with loss>

    Examples:
      | case                     | rows | shown | verdict | with loss |
      | all of it                | 2    | 2     | pass    | pass      |
      | not in the TVIEW         | 2    | 0     | fail    | fail      |
      | half in the TVIEW        | 2    | 1     | fail    | fail      |
      | nothing                  | 0    | 0     | fail    | pass      |
      | in the TVIEW only        | 0    | 2     | fail    | fail      |
