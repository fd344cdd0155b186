Feature: Engines that refresh later

  Half of what people run does not refresh a TVIEW in the writer's transaction: a
  scheduler refreshes every second, a worker drains a queue of changes, cron refreshes a
  materialized view. A transaction that began early and commits late must not be skipped,
  and what a TVIEW shows in the meantime must have been so at one moment. Engines that
  refresh at once have to show all of this as well, without any delay.

  Rule: Whoever commits late is not skipped

    Scenario: a transaction that writes early and commits late
      Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
      And the isolation level READ COMMITTED
      And sessions that connect directly
      And these sessions
        | A              | B               |
        | begins         | retitles post 2 |
        | renames user 1 |                 |
        | commits        |                 |
      When they take their steps in every permutation
      Then after every permutation the TVIEW contract held
      And no step failed

  Rule: A TVIEW shows one moment, and never an earlier one than before

    Scenario: two TVIEWs while one transaction writes both of their tables
      Given 3 users with 6 posts, and both the TVIEW tv_post and the TVIEW tv_count
      And the isolation level READ COMMITTED
      And sessions that connect directly
      And these sessions
        | A                        | B              |
        | begins                   | renames user 1 |
        | inserts a post of user 1 | renames user 2 |
        | commits                  |                |
      When they take their steps in every permutation
      Then after every permutation the TVIEW contract held
      And no step failed

    Scenario: transactions that a refresh overlaps
      Given the base table tb_test and its TVIEW tv_test
      And 20 sessions
      And an auditor who counts the tokens that the TVIEW shows all the while
      When all sessions work at once
        | sessions | times | what each does                                                 |
        | 10       | 20    | writes a token of its own into two rows                        |
        | 10       | 5     | writes a token of its own into two rows, with a refresh in between |
      Then every session has committed all its transactions
      And at least 50 % of the sessions were in a transaction at the same moment
      And the TVIEW contract held

  Rule: How long after a commit a TVIEW shows it is a figure

    Scenario Outline: the lag between commit and visibility
      Given the base table tb_test and its TVIEW tv_test
      And <sessions> sessions
      And an auditor who counts the tokens that the TVIEW shows all the while
      When each session writes a token of its own into two rows, <times> times
      Then every session has committed all its transactions
      And the lag of every commit is known
      And the TVIEW contract held

      Examples:
        | case         | sessions | times |
        | 1 session    | 1        | 400   |
        | 10 sessions  | 10       | 100   |
        | 100 sessions | 100      | 20    |
