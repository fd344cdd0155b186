Feature: The server is killed

  A machine loses its power, or the kernel kills a process of the server for want of memory. What was
  acknowledged is there when the server is up again, and what was refused is not; of the rest each
  transaction is there as a whole or not at all. TVIEW and base tables agree whatever was lost.

  Rule: Nothing that was acknowledged is lost, and nothing is half done

    Scenario: every process of the server is killed three times under write load
      Given the base table tb_test and its TVIEW tv_test
      And 40 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When the server is killed and started again, 3 times, while each session writes a token of its own into two rows
      Then the transactions of at least 25 % of the sessions were under way each time
      And each token that was committed stands in its two rows and in the TVIEW, and no other token in any
      And only what was hit failed, with a clean error, and every session went on
      And the TVIEW contract held

    Scenario: the process of one session is killed, and the server restarts all others
      Given the base table tb_test and its TVIEW tv_test
      And 40 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When a random session's backend is killed, 1 time, while each session writes a token of its own into two rows
      Then the transactions of at least 25 % of the sessions were under way each time
      And each token that was committed stands in its two rows and in the TVIEW, and no other token in any
      And only what was hit failed, with a clean error, and every session went on
      And the TVIEW contract held
