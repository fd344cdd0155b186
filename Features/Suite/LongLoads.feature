@suite @nodatabase
Feature: What is concluded from a long load

  The check that nothing grows for ever, on figures that were written by hand: what was in use after
  the second tenth of the transactions is compared with what was after the last two.

  Scenario Outline: one figure is another one after the last two tenths
    Given a long load of which each figure was 1000000 after each tenth
    And after the last two tenths "<figure>" was <value>
    Then it is judged <verdict>
      | finding   |
      | <finding> |

    Examples:
      | case                       | figure                                          | value   | verdict | finding                                                                               |
      | a backend that grows       | bytes of the backend's memory                   | 3000000 | fail    | bytes of the backend's memory: 1000000 after the second tenth, 3000000 after the last |
      | a cache that fills         | bytes of the backend's memory                   | 1100000 | pass    |                                                                                       |
      | plans that are kept        | cached plans of the backend                     | 2000000 | fail    | cached plans of the backend: 1000000 …                                                |
      | locks that are kept        | locks of the backend                            | 2000000 | fail    | locks of the backend: 1000000 …                                                       |
      | a table that never shrinks | bytes of TVIEWs and of the engine's relations   | 2000000 | fail    | bytes of TVIEWs and of the engine's relations: 1000000 …                              |
      | it becomes less            | transactions since the oldest snapshot          | 0       | pass    |                                                                                       |

  Scenario: what the next vacuum takes away has not grown
    Given a long load of which each figure was 1000000 after each tenth
    And after the last tenth "bytes of TVIEWs and of the engine's relations" was 2000000
    Then it is judged pass
      | finding |
      |         |

  Scenario: a figure that nobody has seen at the end proves nothing
    Given a long load of which each figure was 1000000 after each tenth
    And after the last tenth nobody has seen "locks of the backend"
    Then it is judged unknown
      | finding                                                                   |
      | not seen after the second and the last two tenths: locks of the backend   |
