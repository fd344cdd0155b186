@alone
Feature: Throughput on one key and on many

  How many transactions a second an engine lets through, and how long one takes, depends on
  how many sessions write, and on whether they write the same row. Every session renames a
  user, and with it ten rows of the TVIEW: all of them user 1, or each a user of its own.
  Where sessions write the same row they queue for it without any engine, too. The figures
  of several engines stand side by side in the matrix of engines; nothing limits them.

  Scenario Outline: sessions rename users as fast as they can
    Given 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
    And <sessions> sessions
    And a transaction that fails with a retryable error is tried again
    When for 1 second each session <does>
    Then every session has committed all its transactions
    And the TVIEW contract held

    Examples:
      | case                           | keys              | sessions | does                               |
      | one session, one key           | on the same key   | 1        | renames user 1                     |
      | ten sessions, one key          | on the same key   | 10       | renames user 1                     |
      | a hundred sessions, one key    | on the same key   | 100      | renames user 1                     |
      | one session, its own key       | on different keys | 1        | renames the user of its own number |
      | ten sessions, their own keys   | on different keys | 10       | renames the user of its own number |
      | a hundred sessions, their keys | on different keys | 100      | renames the user of its own number |
