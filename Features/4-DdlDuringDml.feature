Feature: TVIEWs come and go while others write

  Creating and dropping a TVIEW changes triggers on tables that are in use. Writers must
  not notice. A session that creates or drops a TVIEW may fail, but only with an error that
  the engine declares. A new TVIEW is exact from the moment it becomes visible.

  Rule: Writers keep working while TVIEWs are created and dropped

    @plan
    Scenario: one session creates a TVIEW, one drops it, 49 write
      Given 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
      And 51 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When all sessions work at once
        | sessions | times | what each does                                                               |
        | 1        | 10    | creates the TVIEW tv_extra whenever it is not there                          |
        | 25       | 20    | inserts a post                                                               |
        | 24       | 20    | retitles a post                                                              |
        | 1        | 10    | compares tv_extra with its query as soon as it is there, and drops the TVIEW |
      Then every session has committed all its transactions
      And at least 80 % of the sessions were in a transaction at the same moment
      And at least 3 TVIEWs were created and as many dropped while others wrote
      And the TVIEW contract held

    Scenario: one session creates a TVIEW, one drops its table, 49 write
      Given 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
      And 51 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When all sessions work at once
        | sessions | times | what each does                                                               |
        | 1        | 10    | creates the TVIEW tv_extra whenever it is not there                          |
        | 25       | 20    | inserts a post                                                               |
        | 24       | 20    | renames a user                                                               |
        | 1        | 10    | compares tv_extra with its query as soon as it is there, and drops the table |
      Then every session has committed all its transactions
      And at least 80 % of the sessions were in a transaction at the same moment
      And at least 3 TVIEWs were created and as many dropped while others wrote
      And the TVIEW contract held

    Scenario: ten sessions create and drop TVIEWs of their own
      Given 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
      And 50 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When all sessions work at once
        | sessions | times | what each does                       |
        | 10       | 3     | creates and drops a TVIEW of its own |
        | 20       | 10    | inserts a post                       |
        | 20       | 10    | retitles a post                      |
      Then every session has committed all its transactions
      And at least 80 % of the sessions were in a transaction at the same moment
      And the TVIEW contract held

  Rule: A CREATE or DROP that fails or is rolled back leaves nothing behind

    Scenario: a CREATE that is rolled back
      Given 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
      And 20 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When all sessions work at once
        | sessions | times | what each does                            |
        | 2        | 5     | creates the TVIEW tv_extra and rolls back |
        | 18       | 10    | inserts a post                            |
      Then every session has committed all its transactions
      And there is no TVIEW tv_extra
      And the TVIEW contract held

    Scenario: twenty sessions create the same TVIEW
      Given 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
      And 20 sessions
      When each session creates the TVIEW tv_extra, 1 time
      Then every session has committed all its transactions
      And 1 session succeeded and the others failed with the error for a duplicate
      And nothing is left behind

    Scenario: a TVIEW is dropped by a transaction that has a refresh of it pending
      Given 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
      When a transaction renames all users and drops the TVIEW tv_post
      Then there is no TVIEW tv_post
      And nothing is left behind

    Scenario: after a drop nothing is refreshed any more
      Given 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
      And 50 sessions
      When the TVIEW tv_post is dropped
      And each session inserts a post, 5 times
      Then every session has committed all its transactions
      And nothing was refreshed
      And nothing is left behind

  Rule: A TVIEW that another one reads cannot be dropped

    Scenario: dropping the middle of three levels
      Given companies, users and posts, and TVIEWs on three levels
      And 50 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When all sessions work at once
        | sessions | times | what each does                                            |
        | 2        | 5     | drops the TVIEW tv_user                                   |
        | 24       | 3     | renames a company                                         |
        | 24       | 3     | retitles a post and renames its author in one transaction |
      Then every session has committed all its transactions
      And every drop failed with the error for a TVIEW that is read
      And the TVIEW contract held
