@suite @nodatabase
Feature: Feature files that say less than they seem to

  Gherkin takes a line whose keyword is misspelt for prose. A step would be left out, or
  a whole scenario, and the run would be green. So such files are refused before anything
  runs.

  Scenario: a scenario without steps
    Given a feature file
      """
      Feature: F
        Scenario: nothing happens
        Scenario: something happens
          Given 2 sessions
      """
    Then it is refused, because "'nothing happens' has no steps"

  Scenario: the keyword of a first step is misspelt
    Given a feature file
      """
      Feature: F
        Scenario: one
          Gven 2 sessions
          Then the TVIEW contract held
      """
    Then it is refused, because "'one' begins with a line that is no step: 'Gven 2 sessions'"

  Scenario: all keywords of a scenario are misspelt
    Given a feature file
      """
      Feature: F
        Scenario: one
          Gven 2 sessions
          Than the TVIEW contract held
      """
    Then it is refused, because "'one' has no steps"

  Scenario: the keyword of a first scenario is misspelt
    Given a feature file
      """
      Feature: F
        What it is about.

        Sceanrio: lost
          Given 2 sessions

        Scenario: found
          Given 2 sessions
      """
    Then it is refused, because "'Sceanrio: lost' is read as prose; is a keyword misspelt?"
    And it is refused, because "'Given 2 sessions' is read as prose; is a keyword misspelt?"

  Scenario: the keyword of a rule's first scenario is misspelt
    Given a feature file
      """
      Feature: F
        Rule: R
          Exmple: lost
            Given 2 sessions
      """
    Then it is refused, because "'Exmple: lost' is read as prose; is a keyword misspelt?"

  Scenario: a later keyword is misspelt
    Given a feature file
      """
      Feature: F
        Scenario: one
          Given 2 sessions
          Thne the TVIEW contract held
      """
    Then it cannot be read

  Scenario: a file as it should be
    Given a feature file
      """
      Feature: F
        Prose, with a colon: and words such as Given in the middle.

        Background:
          Given 2 sessions

        Rule: R
          More prose.

          Scenario: one
            Then the TVIEW contract held
      """
    Then nothing is wrong with it
