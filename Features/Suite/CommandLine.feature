@suite @nodatabase
Feature: The command line

  One table says of each option how it is written, what is allowed and what it means. Help,
  the README's table and the refusals come from there.

  Scenario Outline: what is mistyped is refused in one sentence
    When './specs <words>' is typed
    Then it exits with 2 and says "<sentence>"

    Examples:
      | case                     | words                       | sentence                                                                              |
      | a word that is none      | rum                         | specs: Unknown command 'rum'.                                                         |
      | an option that is none   | run --sesions 5             | specs: Unknown option 'sesions'.                                                      |
      | a number out of bounds   | run --sessions 1            | specs: --sessions=1 is not allowed; give a whole number from 2 to 10000.              |
      | no value                 | run --seed                  | specs: --seed needs a value; see './specs help'.                                      |
      | another word's option    | run --repeat 3              | specs: --repeat is an option of soak; see './specs help'.                             |
      | a host that is none      | run --host moon             | specs: --host=moon is not known; choose one of auto, local, external, testcontainers. |
      | a share of more than all | soak --shard 9/8            | specs: --shard=9/8 is not allowed; write which of how many, such as 2/8.              |
      | nothing to merge         | merge                       | specs: Command 'merge' is missing required argument 'RUNS'.                           |
      | an engine that is none   | engines --run --engine moon | specs: There is no engine 'moon': it is neither one of                                |
      | a list with an option    | engines --seed 1            | specs: engines lists all engines and takes no option; with --run it runs the features |

  Scenario: all engines are listed, each with what it needs
    When './specs engines' is typed
    Then it names every engine that the suite brings, and says "An engine of your own is a folder"

  Scenario: the table of options in the README is the program's
    When './specs help options' is typed
    Then Support/Configuration/README.md holds what it says

  # The last of several lines: a filter with a spelling mistake must not be green for ever.
  Scenario: a filter that selects nothing is refused
    When './specs run --filter nothing-has-this-title' is typed
    Then its last line says "no scenario ran, because none matches --filter nothing-has-this-title", and it exits with 2

  Scenario Outline: --filter takes words, and whatever dotnet test takes
    Then --filter "<filter>" leaves of C=run the tests <tests>

    Examples:
      | case                         | filter           | tests                                                                                                                               |
      | a tag                        | plan             | (C=run)&(((FullyQualifiedName~plan\|DisplayName~plan))\|Category=plan)                                                              |
      | two words                    | three levels     | (C=run)&(((FullyQualifiedName~three\|DisplayName~three)&(FullyQualifiedName~levels\|DisplayName~levels))\|Category=three levels)    |
      | words in parentheses         | race (pooled)    | (C=run)&(((FullyQualifiedName~race\|DisplayName~race)&(FullyQualifiedName~pooled\|DisplayName~pooled))\|Category=race \\(pooled\\)) |
      | an expression                | Category!=plan   | (C=run)&(Category!=plan)                                                                                                            |
      | an expression in parentheses | (Name~a\|Name~b) | (C=run)&((Name~a\|Name~b))                                                                                                          |

  Scenario Outline: features run beside one another, each on a server of its own
    When './specs run --host local --at-once <number>' runs the features "TRUNCATE against INSERT" and "Each inserts a row and changes it"
    Then 6 scenarios passed on <servers>

    Examples:
      | case                | number | servers           |
      | two at once         | 2      | 2 servers at once |
      | one after the other | 1      | 1 server          |

  Scenario: nothing is left of a run whose ./specs was killed
    When './specs run' is killed with SIGKILL while its server runs
    Then its test host and its server end by themselves
    And './specs clean' leaves nothing of it
