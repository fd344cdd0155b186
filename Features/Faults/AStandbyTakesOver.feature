Feature: A standby takes over

  A standby replays the log of its primary. A TVIEW there equals its query in every snapshot, as on
  the primary: reports are often read from a standby. When the primary is gone for good, the standby is
  promoted and the application goes on there. TVIEW and base tables agree whatever was lost with the
  primary; with a synchronous standby nothing that was acknowledged is lost.

  The primary stops to send its log a moment before it is killed. What it acknowledges in that moment
  without waiting for the standby is lost with it.

  Rule: The standby is exact while the primary works, and after it has taken over

    Scenario Outline: the primary is killed under write load
      Given an engine that refreshes in the writer's transaction
      And the base table tb_test and its TVIEW tv_test
      And <how> standby
      And 20 sessions
      When each session inserts a row into tb_test and prepares its transaction
      Given 40 sessions
      And an auditor on the standby who compares every TVIEW with its defining query all the while
      When the primary is killed, 1 time, while each session writes a token of its own into two rows
      And the standby is promoted
      Then the transactions of at least 25 % of the sessions were under way each time
      And <tokens>
      And only what was hit failed, with a clean error
      Given 20 sessions
      When all of them are committed, all at once, each by another session
      And each session inserts a row into tb_test, 5 times
      Then every session has committed all its transactions
      And the TVIEW contract held

      Examples:
        | case         | how             | tokens                                                                                           |
        | synchronous  | a synchronous   | each token that was committed stands in its two rows and in the TVIEW, and no other token in any |
        | asynchronous | an asynchronous | some of the last tokens are lost, and each other one stands in its two rows and in the TVIEW     |
