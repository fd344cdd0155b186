Feature: A year of uptime

  A session that lives for months, and a pool whose server connections live for months, run the
  same few transactions again and again. After each tenth of them the memory of the backends, their
  cached plans and locks, the relations of the engine, their number and their size are looked at: after
  the last two tenths no more may be in use than after the second. Until then caches fill.

  Scenario Outline: the same transactions, again and again
    Given nobody records the refreshes
    And 100 users with 1000 posts, and three TVIEWs over the posts
    And <connections>
    And <sessions> sessions
    When each session does all that users do, <times> times over all sessions, or <in a soak> in a soak
    Then every session has committed all its transactions
    And memory, relations, locks and cached plans have stopped growing
    And autovacuum gets to work
    And every TVIEW equals its defining query
    And nothing is left behind

    Examples:
      | case                         | connections                                                  | sessions | times | in a soak |
      | one session                  | sessions that connect directly                               | 1        | 2000  | 20000     |
      | over a pool of 4 connections | PgBouncer with transaction pooling over 4 server connections | 20       | 4000  | 20000     |
