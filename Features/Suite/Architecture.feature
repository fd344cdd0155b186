@suite @nodatabase
Feature: Arrows between the rooms of the suite

  Every namespace of the suite is a room with one question to answer. A room may use rooms of its
  own tier and of those before it, so that whoever changes a room knows which others can notice.

  Scenario: rooms use only rooms of their own tier and of earlier ones
    Then no type uses a later tier
      | tier | rooms                                       |
      | 1    | Model, Configuration, Fleet                 |
      | 2    | Engines, Hosts, Workloads                   |
      | 3    | Contracts, Scheduling, Faults, Metrics      |
      | 4    | Reports, Bench                              |
      | 5    | Drivers, Running                            |
      | 6    | Cli, Hooks, StepDefinitions, Build          |

  Scenario: rooms of one tier do not use each other in a circle
    Then no rooms use each other in a circle

  Scenario Outline: a room does not know what is not its own
    Then no type of <room> uses <what>

    Examples:
      | case                                        | room      | what                                      |
      | the hosts know nothing of TVIEWs            | Hosts     | Engines, Workloads                        |
      | sessions know nothing of features or tests  | Fleet     | Reqnroll, Gherkin, Xunit, Reports         |
      | engines know nothing of features or tests   | Engines   | Reqnroll, Gherkin, Xunit, Reports         |

  Scenario: only what plays features uses Reqnroll
    Then only StepDefinitions, Drivers, Hooks and Build use Reqnroll
