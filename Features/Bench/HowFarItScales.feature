@bench
Feature: How far it scales

  The checks stay on: an auditor compares the TVIEW all the while, and the whole contract
  is judged afterwards.

  Scenario: 1000 sessions, each with its own server connection
    Given 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
    And 1000 sessions
    And an auditor who compares every TVIEW with its defining query all the while
    When all sessions work at once
      | sessions | times | what each does  |
      | 500      | 5     | retitles a post |
      | 500      | 5     | inserts a post  |
    Then every session has committed all its transactions
    And at least 80 % of the sessions were in a transaction at the same moment
    And the TVIEW contract held

  Scenario: 10000 clients through PgBouncer over 100 server connections
    Given 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
    And PgBouncer with transaction pooling over 100 server connections for 10000 clients
    And 10000 sessions
    And an auditor who compares every TVIEW with its defining query all the while
    When all sessions work at once
      | sessions | times | what each does  |
      | 5000     | 2     | retitles a post |
      | 5000     | 2     | inserts a post  |
    Then every session has committed all its transactions
    And at least 80 % of the sessions were in a transaction at the same moment
    And the TVIEW contract held
