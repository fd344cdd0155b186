@alone
Feature: The cost of maintenance

  Keeping TVIEWs exact is work, and writers pay for it. The same sessions run the same
  transactions twice: first on the base tables alone, then with their TVIEWs. The ratio of
  the two times is reported; limits.json sets its upper bound.

  Scenario Outline: the same transactions without and with TVIEWs
    Given only the base tables of "<schema>"
    And 20 sessions
    When each session <does>, 50 times
    And the TVIEWs are created
    And each session <does>, 50 times
    Then every session has committed all its transactions
    And the cost of maintenance is known
    And the TVIEW contract held

    Examples:
      | case                              | schema                                                                                       | does                       |
      | inserts a row under one TVIEW     | the base table tb_test and its TVIEW tv_test                                                 | inserts a row into tb_test |
      | retitles a post under a join      | 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name | retitles a post            |
      | inserts a post under three TVIEWs | 100 users with 1000 posts, and three TVIEWs over the posts                                   | inserts a post             |
