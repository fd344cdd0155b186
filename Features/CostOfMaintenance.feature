Feature: The cost of maintenance

  Keeping TVIEWs exact is work, and writers pay for it. The same sessions do the same
  work twice: first on the base tables alone, then with their TVIEWs. How many times as
  long it takes is a figure of the run; limits.json says how large it may be.

  Scenario Outline: the same work on plain tables and under TVIEWs
    Given only the base tables of "<schema>"
    And 20 sessions
    When each session <does>, 50 times
    And the TVIEWs are made
    And each session <does>, 50 times
    Then every session has committed all its transactions
    And the cost of maintenance is known
    And the TVIEW contract held

    Examples:
      | schema                                                                                       | does                       |
      | the base table tb_test and its TVIEW tv_test                                                 | inserts a row into tb_test |
      | 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name | retitles a post            |
      | 100 users with 1000 posts, and three TVIEWs over the posts                                   | inserts a post             |
