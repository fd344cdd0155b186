@suite @nodatabase
Feature: Seeded faults

  A green run means nothing unless a broken engine makes it red. So the reference engine
  is broken on purpose, in one way at a time that was seen in practice, and the same
  features run against it, in a process and on a server of their own. Each file in
  Support/Engines/Faults says what it breaks, where such a bug was seen, which scenario
  must catch it, and by a finding about which contract.

  Scenario: each fault is caught by the scenario that it names
    When the scenario that each seeded fault names runs against it
    Then each fault is caught by the scenario that it names, with a finding about the contract that it names

  # Every feature against every fault: an hour or more. ./specs prove runs it, ./specs test does not.
  @prove
  Scenario: the kill matrix
    When all features run against the sound engine and against each seeded fault
    Then nothing fails on the sound engine
    And each fault is caught by the scenario that it names, with a finding about the contract that it names
