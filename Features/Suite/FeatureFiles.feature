@suite @nodatabase
Feature: Feature files that say less than they seem to

  Gherkin takes a line whose keyword is misspelt for prose. A step would be left out, or
  a whole scenario, and the run would be green. And rows of an outline that have no name
  cannot be told apart in a report. So such files are refused before anything runs.

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

  Scenario: a placeholder in a title
    Given a feature file
      """
      Feature: F
        Scenario Outline: <n> sessions
          Given <n> sessions

          Examples:
            | case | n |
            | two  | 2 |
      """
    Then it is refused, because "'<n> sessions' has a placeholder in its title; name each row in a column 'case' instead"

  Scenario: rows without a name
    Given a feature file
      """
      Feature: F
        Scenario Outline: sessions
          Given <n> sessions

          Examples: few
            | n |
            | 2 |

          Examples: many
            | case | n   |
            |      | 100 |
      """
    Then it is refused, because "'sessions' has a row without a 'case'; name each row in words, in a column of that name"

  Scenario: two rows of one name
    Given a feature file
      """
      Feature: F
        Scenario Outline: sessions
          Given <n> sessions

          Examples:
            | case | n |
            | some | 2 |
            | some | 3 |
      """
    Then it is refused, because "'sessions' has two rows with the case 'some'"

  Scenario: SQL in a title, and in the name of a row
    Given a feature file
      """
      Feature: F
        Scenario: the statement DROP TABLE tv_post
          Given 2 sessions

        Scenario Outline: a table
          Given the statement "<sql>"

          Examples:
            | case                     | sql                      |
            | SELECT name FROM tb_user | SELECT name FROM tb_user |
      """
    Then it is refused, because "'the statement DROP TABLE tv_post' has SQL in a title; say it in words"
    And it is refused, because "'SELECT name FROM tb_user' has SQL in a title; say it in words"

  Scenario: a file as it should be
    Given a feature file
      """
      Feature: F
        Prose, with a colon: and words such as Given in the middle.

        Background:
          Given 2 sessions

        Rule: R
          More prose.

          Scenario: one session deletes a post by DELETE
            Then the TVIEW contract held

          Scenario Outline: some sessions
            Given <n> sessions

            Examples:
              | case | n |
              | two  | 2 |
              | ten  | 10 |
      """
    Then nothing is wrong with it
