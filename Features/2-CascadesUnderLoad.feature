Feature: Cascades under load

  A TVIEW that joins posts with their authors must follow changes of both tables. Each
  transaction sees only what others have committed, so two of them can each miss the
  other's change; the engine has to prevent that, without deadlocks. Every row of every
  TVIEW is compared.

  Rule: Changes of both sides of a join arrive

    @plan
    Scenario: 50 sessions rename users while 50 retitle posts
      Given 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
      And 100 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When all sessions work at once
        | sessions | times | what each does  |
        | 50       | 10    | renames a user  |
        | 50       | 10    | retitles a post |
      Then every session has committed all its transactions
      And at least 80 % of the sessions were in a transaction at the same moment
      And the TVIEW contract held

    Scenario: posts are inserted, moved and deleted while their authors are renamed
      Given 100 users with 1000 posts, and three TVIEWs over the posts
      And 100 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When all sessions work at once
        | sessions | times | what each does               |
        | 30       | 5     | renames a user               |
        | 25       | 5     | inserts a post               |
        | 25       | 5     | moves a post to another user |
        | 20       | 5     | deletes a post               |
      Then every session has committed all its transactions
      And at least 80 % of the sessions were in a transaction at the same moment
      And the TVIEW contract held

    Scenario: posts move between two users while both are renamed
      Given 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
      And 100 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When all sessions work at once
        | sessions | times | what each does                         |
        | 50       | 5     | moves a post between user 1 and user 2 |
        | 50       | 5     | renames user 1 or user 2               |
      Then every session has committed all its transactions
      And at least 80 % of the sessions were in a transaction at the same moment
      And the TVIEW contract held

    Scenario: one user has all the posts
      Given 100 users with 1000 posts, all of user 1, and the TVIEW tv_post
      And 100 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When all sessions work at once
        | sessions | times | what each does           |
        | 10       | 3     | renames user 1           |
        | 50       | 5     | retitles a post          |
        | 40       | 5     | inserts a post of user 1 |
      Then every session has committed all its transactions
      And at least 80 % of the sessions were in a transaction at the same moment
      And the TVIEW contract held

  Rule: A cascade follows the levels of the TVIEWs

    Scenario: three levels of TVIEWs
      Given companies, users and posts, and TVIEWs on three levels
      And 100 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When all sessions work at once
        | sessions | times | what each does                                            |
        | 10       | 3     | renames a company                                         |
        | 20       | 3     | moves a user to another company                           |
        | 20       | 3     | renames a user                                            |
        | 30       | 3     | retitles a post                                           |
        | 20       | 3     | retitles a post and renames its author in one transaction |
      Then every session has committed all its transactions
      And at least 80 % of the sessions were in a transaction at the same moment
      And the TVIEW contract held

  Rule: Bulk statements and single-row statements run side by side

    Scenario: statements over all posts and over two thousand beside single-row ones
      Given 100 users with 100000 posts, and the TVIEW tv_post
      And 50 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When all sessions work at once
        | sessions | times | what each does                               |
        | 1        | 2     | retitles all posts in one statement          |
        | 2        | 3     | retitles two thousand posts in one statement |
        | 24       | 5     | retitles a post                              |
        | 23       | 5     | inserts a post                               |
      Then every session has committed all its transactions
      And at least 80 % of the sessions were in a transaction at the same moment
      And the TVIEW contract held

  Rule: Stricter isolation levels refuse what they cannot do right

    Scenario Outline: the same load, tried again where the server refuses it
      Given 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
      And the isolation level <level>
      And a transaction that fails with a retryable error is tried again
      And 100 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When all sessions work at once
        | sessions | times   | what each does  |
        | 20       | <times> | renames a user  |
        | 50       | <times> | inserts a post  |
        | 30       | <times> | retitles a post |
      Then every session has committed all its transactions
      And at least 80 % of the sessions were in a transaction at the same moment
      And the TVIEW contract held

      Examples:
        | case               | level           | times |
        | at READ COMMITTED  | READ COMMITTED  | 5     |
        | at REPEATABLE READ | REPEATABLE READ | 3     |
        | at SERIALIZABLE    | SERIALIZABLE    | 1     |
