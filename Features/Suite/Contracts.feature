@suite @nodatabase
Feature: Contracts by name

  What an engine promises has a name and one sentence. Findings, reports, seeded faults and
  the glossary use the same ones.

  Scenario: the glossary lists all contracts
    Then the glossary lists exactly the contracts, each with its claim

  Scenario: the contracts that seeded faults break
    Then each of these contracts is broken by a seeded fault
      | contract         |
      | exact            |
      | once             |
      | in order         |
      | atomic under 2PC |
      | no leftovers     |
      | clean DDL        |
      | pool-safe        |
      | live             |
      | durable          |
      | bounded          |
