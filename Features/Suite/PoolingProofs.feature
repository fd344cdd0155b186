@suite @nodatabase
Feature: What is concluded about a pooler

  The checks are checked with cases written by hand. Clients that did not share a server
  connection prove nothing about sharing, and a load that nobody interrupted proves
  nothing about interruptions.

  Scenario Outline: two clients of one server connection
    Given two clients of a pooler
      | client | process   | set by   | queue found | queue owed |
      | A      | 100       |          | 0           | <owed>     |
      | B      | <process> | <set by> | <found>     | 1          |
    Then that they shared a server connection is judged <shared>
    And that the session was not reset is judged <not reset>
    And that the second found an empty queue is judged <empty>

    Examples:
      | process | set by | owed | found | shared  | not reset | empty   |
      | 100     | A      | 3    | 0     | pass    | pass      | pass    |
      | 101     | A      | 3    | 0     | unknown | pass      | pass    |
      | 100     |        | 3    | 0     | pass    | unknown   | pass    |
      | 100     | A      | 3    | 2     | pass    | pass      | fail    |
      | 100     | A      | 0    | 0     | pass    | pass      | unknown |
      | 100     | A      |      | 0     | pass    | pass      | unknown |
      | 100     | A      | 3    |       | pass    | pass      | unknown |

  Scenario Outline: what is there of a transaction after the connections broke
    Given sessions that wrote tokens until their connections broke
      | session | outcome   | rows of its token |
      | 1       | ok        | 2                 |
      | 2       | <outcome> | <rows>            |
    Then that nothing is lost or half done is judged <verdict>

    Examples:
      | outcome       | rows | verdict |
      | ok            | 2    | pass    |
      | ok            | 0    | fail    |
      | ok            | 1    | fail    |
      | ok            | 4    | fail    |
      | failed        | 0    | pass    |
      | failed        | 2    | fail    |
      | indeterminate | 0    | pass    |
      | indeterminate | 2    | pass    |
      | indeterminate | 1    | fail    |
      | never sent    | 0    | pass    |
      | never sent    | 2    | fail    |

  Scenario: where no transaction was confirmed, nothing could be lost
    Given sessions that wrote tokens until their connections broke
      | session | outcome       | rows of its token |
      | 1       | indeterminate | 0                 |
    Then that nothing is lost or half done is judged unknown

  Scenario Outline: how a session learns that its connection is gone
    Given sessions that wrote tokens until their connections broke
      | session | outcome   | rows of its token |
      | 1       | <outcome> | 0                 |
    Then that every error was clean is judged <verdict>

    Examples:
      | outcome             | verdict |
      | indeterminate       | pass    |
      | indeterminate 57P01 | pass    |
      | indeterminate 08006 | pass    |
      | indeterminate XX000 | fail    |
      | failed 40001        | fail    |
      | ok                  | unknown |

  Scenario: a session that stopped without a word
    Given sessions that wrote tokens until their connections broke
      | session | outcome       | rows of its token |
      | 1       | indeterminate | 0                 |
      | 2       | ok            | 2                 |
    And each of them was asked for 2 transactions
    Then that every error was clean is judged fail

  Scenario Outline: whether there was anything to lose
    Given sessions that wrote tokens until their connections broke
      | session | outcome       | rows of its token |
      | 1       | indeterminate | 0                 |
      | 2       | <second>      | 0                 |
    Then that transactions were under way, <on the server> of them on the server, is judged <verdict>

    Examples:
      | second        | on the server | verdict |
      | indeterminate | 2             | pass    |
      | indeterminate | 1             | unknown |
      | ok            | 2             | unknown |
