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
      | case                             | process | set by | owed | found | shared  | not reset | empty   |
      | shared, the queue empty          | 100     | A      | 3    | 0     | pass    | pass      | pass    |
      | two server connections           | 101     | A      | 3    | 0     | unknown | pass      | pass    |
      | a session that was reset         | 100     |        | 3    | 0     | pass    | unknown   | pass    |
      | a queue that was not empty       | 100     | A      | 3    | 2     | pass    | pass      | fail    |
      | a queue that never was filled    | 100     | A      | 0    | 0     | pass    | pass      | unknown |
      | a first queue that was not read  | 100     | A      |      | 0     | pass    | pass      | unknown |
      | a second queue that was not read | 100     | A      | 3    |       | pass    | pass      | unknown |

  Scenario Outline: what is there of a transaction after the connections broke
    Given sessions that wrote tokens until their connections broke
      | session | outcome   | rows of its token |
      | 1       | ok        | 2                 |
      | 2       | <outcome> | <rows>            |
    Then that nothing is lost or half done is judged <verdict>

    Examples:
      | case                          | outcome       | rows | verdict |
      | committed, and there          | ok            | 2    | pass    |
      | committed, and gone           | ok            | 0    | fail    |
      | committed, and half there     | ok            | 1    | fail    |
      | committed, and there twice    | ok            | 4    | fail    |
      | failed, and gone              | failed        | 0    | pass    |
      | failed, and there             | failed        | 2    | fail    |
      | indeterminate, and gone       | indeterminate | 0    | pass    |
      | indeterminate, and there      | indeterminate | 2    | pass    |
      | indeterminate, and half there | indeterminate | 1    | fail    |
      | never sent, and gone          | never sent    | 0    | pass    |
      | never sent, and there         | never sent    | 2    | fail    |

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
      | case                            | outcome             | verdict |
      | no error code                   | indeterminate       | pass    |
      | terminated by the administrator | indeterminate 57P01 | pass    |
      | a connection failure            | indeterminate 08006 | pass    |
      | an internal error               | indeterminate XX000 | fail    |
      | a serialization failure         | failed 40001        | fail    |
      | not at all                      | ok                  | unknown |

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
      | case                          | second        | on the server | verdict |
      | two transactions              | indeterminate | 2             | pass    |
      | one transaction on the server | indeterminate | 1             | unknown |
      | one session that had finished | ok            | 2             | unknown |
