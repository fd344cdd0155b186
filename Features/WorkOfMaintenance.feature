Feature: The work of maintenance

  WAL, rows and pages are counted: unlike times, they are the same on a busy machine, so that a
  comparison of two runs sees a small change. limits.json sets an upper bound for the WAL.

  # One session only: what others do changes how often an engine has to look again.
  Scenario Outline: what a transaction writes and touches, without and with TVIEWs
    Given nobody records the refreshes
    And only the base tables of "<schema>"
    And 1 session
    When each session <does>, 300 times, and its work is counted
    And the TVIEWs are created
    And each session <does>, 300 times, and its work is counted
    Then every session has committed all its transactions
    And the work of each transaction is known
    And every TVIEW equals its defining query

    Examples:
      | case                              | schema                                                                                       | does                       |
      | inserts a row under one TVIEW     | the base table tb_test and its TVIEW tv_test                                                 | inserts a row into tb_test |
      | retitles a post under a join      | 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name | retitles a post            |
      | renames an author of ten posts    | 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name | renames a user             |
      | inserts a post under three TVIEWs | 100 users with 1000 posts, and three TVIEWs over the posts                                   | inserts a post             |
