Feature: The disk is full

  While the disk has no room, whatever needs some is refused with an error that says so, and rolled
  back as a whole. When there is room again everybody goes on, and everything is exact: no engine may
  leave a refresh out because it had no room for it.

  The scenario's database, or only its TVIEW, lies on a small disk of its own, which is filled while the
  sessions write; the write-ahead log, without which the server would end, lies elsewhere. The rows of the
  TVIEW are long, so that it is mostly a refresh that finds no room; where only the TVIEW lies there, always.

  Rule: What has no room is refused as a whole, and afterwards everything is exact

    Scenario Outline: the disk is full twice while sessions write
      Given the base table tb_test and its TVIEW tv_test with long rows
      And <what> lies on a small disk
      And 20 sessions
      And an auditor who compares every TVIEW with its defining query all the while
      When the disk is full for a while, 2 times, while each session writes a token of its own into two rows
      Then each token that was committed stands in its two rows and in the TVIEW, and no other token in any
      And the transactions of at least 25 % of the sessions failed each time
      And only what was hit failed, with a clean error, and every session went on
      And the TVIEW contract held

      Examples:
        | case         | what              |
        | the database | the database      |
        | the TVIEW    | the TVIEW tv_test |
