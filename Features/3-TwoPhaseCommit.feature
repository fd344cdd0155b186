Feature: Two-phase commit

  A prepared transaction holds its refreshed rows back until another session commits it,
  perhaps after a crash. Nothing of it may be visible before, all of it after; and an
  operator can see which refresh keys it holds.

  Background:
    Given an auditor will compare every TVIEW with its defining query whenever sessions work

  Rule: A prepared transaction is invisible and listed until it is committed or rolled back

    @plan
    Scenario: 20 prepared inserts, half committed, half rolled back
      Given the base table tb_2pc_test and its TVIEW tv_2pc_test
      And 20 sessions
      When each session inserts a row into tb_2pc_test and prepares its transaction
      Then at least 80 % of the sessions were in a transaction at the same moment
      And nothing of the prepared transactions can be seen
      And the persisted queue lists 1 refresh key for each prepared transaction
      When half of them are committed and half rolled back, all at once, each by another session
      Then exactly the rows of the committed transactions are in tv_2pc_test
      And the persisted queue is empty
      And the TVIEW contract held

    Scenario: 20 prepared renames of different users, half committed, half rolled back
      Given 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
      And 20 sessions
      When each session renames a user of its own and prepares its transaction
      Then at least 80 % of the sessions were in a transaction at the same moment
      And nothing of the prepared transactions can be seen
      And the persisted queue lists 10 refresh keys for each prepared transaction
      When half of them are committed and half rolled back, all at once, each by another session
      Then exactly the posts of the users whose renaming was committed show their new names
      And the persisted queue is empty
      And the TVIEW contract held

  Rule: An engine that lists no prepared transactions must do all the rest

    Scenario Outline: 20 prepared transactions, half committed, half rolled back
      Given <schema>
      And 20 sessions
      When each session <does> and prepares its transaction
      Then at least 80 % of the sessions were in a transaction at the same moment
      And nothing of the prepared transactions can be seen
      When half of them are committed and half rolled back, all at once, each by another session
      Then exactly the <rows>
      And the TVIEW contract held

      Examples:
        | case    | schema                                                                                       | does                           | rows                                                                 |
        | inserts | the base table tb_2pc_test and its TVIEW tv_2pc_test                                         | inserts a row into tb_2pc_test | rows of the committed transactions are in tv_2pc_test                |
        | renames | 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name | renames a user of its own      | posts of the users whose renaming was committed show their new names |

    Scenario: the server is killed while 20 transactions are prepared
      Given the base table tb_2pc_test and its TVIEW tv_2pc_test
      And 20 sessions
      When each session inserts a row into tb_2pc_test and prepares its transaction
      And the server is killed and started again
      Then nothing of the prepared transactions can be seen
      Given 20 sessions
      When all of them are committed, all at once, each by another session
      Then exactly the rows of the committed transactions are in tv_2pc_test
      And the TVIEW contract held

  Rule: A server crash between PREPARE and its end changes nothing

    Scenario: the server is killed between PREPARE and COMMIT PREPARED
      Given the base table tb_2pc_test and its TVIEW tv_2pc_test
      And 20 sessions
      When each session inserts a row into tb_2pc_test and prepares its transaction
      And the server is killed and started again
      Then nothing of the prepared transactions can be seen
      And the persisted queue lists 1 refresh key for each prepared transaction
      Given 20 sessions
      When all of them are committed, all at once, each by another session
      Then exactly the rows of the committed transactions are in tv_2pc_test
      And the persisted queue is empty
      And the TVIEW contract held

    Scenario: the server is killed between PREPARE and ROLLBACK PREPARED
      Given the base table tb_2pc_test and its TVIEW tv_2pc_test
      And 20 sessions
      When each session inserts a row into tb_2pc_test and prepares its transaction
      And the server is killed and started again
      Given 20 sessions
      When all of them are rolled back, all at once, each by another session
      Then exactly the rows of the committed transactions are in tv_2pc_test
      And every TVIEW equals its defining query
      And the persisted queue is empty
      And nothing is left behind

  Rule: Prepared and ordinary transactions run side by side

    Scenario: 50 sessions write while 20 transactions are prepared
      Given 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
      And 20 sessions
      When each session renames a user of its own and prepares its transaction
      Given 50 sessions
      When all sessions work at once
        | sessions | times | what each does                                  |
        | 25       | 5     | inserts a post of one of the last twenty users  |
        | 25       | 5     | retitles a post of one of the last twenty users |
      Then every session has committed all its transactions
      And at least 80 % of the sessions were in a transaction at the same moment
      When all of them are committed, all at once, each by another session
      Then the TVIEW contract held

    Scenario: a writer waits for a prepared transaction until it ends
      Given an engine that makes writers of the same row wait
      And 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
      And 2 sessions
      When session 1 renames user 1 and prepares its transaction
      And session 2 begins to insert a post of user 1
      Then session 2 waits for the prepared transaction
      And every TVIEW equals its defining query
      When the prepared transaction is committed
      Then session 2 finishes
      And the TVIEW contract held

    Scenario: a gid that is in use already
      Given an engine that lets writers of different rows go on
      And the base table tb_2pc_test and its TVIEW tv_2pc_test
      And 2 sessions
      When session 1 inserts a row into tb_2pc_test and prepares its transaction
      And session 2 does the same under the same gid
      Then session 2 fails with 42710
      When the prepared transaction is committed
      Then exactly the rows of the committed transactions are in tv_2pc_test
      And the TVIEW contract held
