@suite @nodatabase
Feature: Seeded faults

  A green run means nothing unless a broken engine makes it red. So the reference engine
  is broken on purpose, in one way at a time that was seen in practice, and the same
  features run against it, in a process and on a server of their own. Each file in
  Support/Engines/SeededFaults says what it breaks, where such a bug was seen, which scenario
  must catch it, and by a finding about which contract.

  # ./specs test takes one fault for each contract, ./specs prove all of them.
  Scenario: for each contract a fault, drawn by the seed, is caught
    When for each contract a seeded fault, drawn by the seed of the run, meets the scenario that it names
    Then each fault is caught by the scenario that it names, with a finding about the contract that it names

  @prove @named
  Scenario: each fault is caught by the scenario that it names
    When each seeded fault meets the scenario that it names
    Then each fault is caught by the scenario that it names, with a finding about the contract that it names

  Scenario Outline: a fault that is caught by chance is not caught
    Given a fault whose scenario caught it in <caught> of <times> runs
    Then the proof is judged <verdict>

    Examples:
      | case                   | caught | times | verdict |
      | caught in the only run | 1      | 1     | pass    |
      | caught in all runs     | 20     | 20    | pass    |
      | missed once            | 19     | 20    | fail    |
      | missed in the only run | 0      | 1     | fail    |
      | never run              | 0      | 0     | fail    |

  Scenario Outline: only a finding about the contract that it breaks catches a fault
    Given a fault that breaks once, and a scenario that failed with <finding>
    Then the fault is <caught>

    Examples:
      | case                     | finding        | caught     |
      | that contract failed     | once: fail     | caught     |
      | another contract failed  | exact: fail    | not caught |
      | that contract is unknown | once: unknown  | not caught |
      | the server was gone      | nothing judged | not caught |

  Scenario: the shards of a proof share the seeded faults
    Then the shards 1/4, 2/4, 3/4 and 4/4 together have each seeded fault once
    And none of the shards 1/4, 2/4, 3/4 and 4/4 has more than one fault less than another

  Scenario: the kill matrices of the shards become one
    Given two runs with a kill matrix each, one of no-deduplication and one of truncate-ignored
    When they are merged
    Then the kill matrix is that of one run with both faults

  # Every feature against every fault takes two hours or more.
  @prove
  Scenario: the kill matrix
    When all features run against the sound engine and against each seeded fault
    Then nothing fails on the sound engine
    And each fault is caught by the scenario that it names, with a finding about the contract that it names
