@suite @nodatabase
Feature: Where PostgreSQL runs

  Programs of this machine, programs out of npm, containers, somebody's server: the suite
  gives every server that it starts the same settings, and takes no program that is not
  what its registry promised.

  Scenario: compose.yml starts PostgreSQL with the settings of every server of the suite
    Then docker/compose.yml gives PostgreSQL the settings of a server for 400 sessions

  Scenario Outline: what npm cannot give is refused, and nothing is left in the cache
    When PostgreSQL 17 is fetched by an npm that <fault>
    Then it is refused with "<sentence>"
    And the cache is empty

    Examples:
      | case         | fault               | sentence                              |
      | another file | gives another file  | is not what npm's registry says it is |
      | no registry  | reaches no registry | failed: npm error network             |
