@suite @nodatabase
Feature: The report that Reqnroll itself makes

  Beside the suite's own page a run leaves Reqnroll's page and its messages, which other tools
  of the Cucumber family read.

  Scenario: every scenario, every row and every step of a run is in it
    When the feature "The cost of maintenance" runs with the seeded fault "no-flush-for-update"
    Then Reqnroll's messages hold its 3 scenarios with all their steps, as they stand in the feature file
    And 2 of them passed, and 1 failed at "the TVIEW contract held"
    And they ran in the order of the feature file
    And Reqnroll's page holds the same messages
