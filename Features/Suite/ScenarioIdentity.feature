@suite @nodatabase
Feature: Scenarios are told apart

  Scenarios of several features have the same title, and the rows of an outline share one.
  Evidence and the command that repeats a failure belong to one feature, scenario and row.

  Scenario: no two scenarios of the suite keep their evidence in the same folder
    When each scenario of the suite keeps evidence
    Then each of them finds its own again

  Scenario: the command that repeats a failure runs its scenario and no other
    When the command is run that repeats a failure of the scenario in which two sessions create the same TVIEW
    Then that scenario ran and no other
