Feature: An engine serves the isolation levels that it declares

  Where an engine's profile says that it refuses to write at an isolation level, the scenarios
  of that level are skipped. So that this is not believed without need, and so that nobody
  writes there who was told that it is refused, it is tried.

  Scenario Outline: a session writes at a stricter level
    Given 100 users with 1000 posts, and the TVIEW tv_post that shows each post with its author's name
    And the isolation level <level>, whether or not the engine serves it
    And 1 session
    When each session renames user 1, 5 times
    Then the engine has served <level> or refused it, as its profile says
    And the TVIEW contract held

    Examples:
      | case                 | level           |
      | with older snapshots | REPEATABLE READ |
      | serializable         | SERIALIZABLE    |
