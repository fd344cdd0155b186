@suite
Feature: An engine of your own is a folder

  Whoever has another engine that keeps tables equal to queries gives its folder: a profile
  that declares what the engine promises, and SQL that installs it and makes TVIEWs. What is
  wrong in the folder is said in one sentence before anything runs.

  Scenario Outline: what is wrong in a folder is refused
    Given a copy of the engine "row-trigger" in a folder
    And its file "<file>" is <text>
    When the engine is installed in the scenario's database
    Then it is refused with "<sentence>"

    Examples:
      | case                              | file        | text                                                                      | sentence                                                          |
      | a key that no profile has         | engine.json | {"name": "x", "about": "x", "refreshes": "row", "lock": "rows"}           | The JSON property 'lock' could not be mapped                      |
      | a key that is missing             | engine.json | {"name": "x", "about": "x"}                                               | 'refreshes'                                                       |
      | a value that is not allowed       | engine.json | {"name": "x", "about": "x", "refreshes": "sometimes"}                     | engine.json is not the profile of an engine                       |
      | no profile                        | engine.json | missing                                                                   | holds no engine.json; copy Support/Engines/row-trigger            |
      | no template                       | create.sql  | missing                                                                   | lacks the file create.sql                                         |
      | a template without the query      | create.sql  | SELECT row_trigger.create_tview({name:literal})                           | has a create.sql without {query} or {query:literal}               |
      | a template with something else    | create.sql  | SELECT f({name}, {query}, {table})                                        | has a create.sql with {table}; it knows {name}, {query} and {key} |
      | a file that no engine has         | creat.sql   | SELECT 1                                                                  | has a file creat.sql, which no engine has                         |
      | nothing to install                | install.sql | missing                                                                   | has neither a file install.sql nor the name of a package          |
      | a level that is none              | engine.json | {"name": "x", "about": "x", "refreshes": "row", "unserved": ["snapshot"]} | does not serve 'snapshot', which is no level of PostgreSQL        |
      | SQL that fails                    | install.sql | SELEC 1                                                                   | fails with 42601 at character 1                                   |
      | later, and nothing that refreshes | engine.json | {"name": "x", "about": "x", "refreshes": "later"}                         | refreshes later and has neither refresh.sql                       |

  @nodatabase
  Scenario: an engine that is neither known nor a folder
    When the engine "no/such/folder" is read
    Then it is refused with "There is no engine 'no/such/folder': it is neither one of"

  @nodatabase
  Scenario: the features run with a folder
    Given a copy of the engine "full-refresh" in a folder
    When the scenarios called "Two aggregates over the same users 20 sessions at once" run with that folder
    Then each of them passed

  @nodatabase
  # Under load it might not occur.
  Scenario: a finding that the profile declares is known
    Given a copy of the engine "row-trigger" in a folder
    And "every TVIEW equals its defining query" is known of "A child is inserted", because "it takes no locks"
    When the scenarios called "A child is inserted while its parent is renamed every permutation READ COMMITTED" run with that folder
    Then each of them is known, because "it takes no locks"

  @nodatabase
  Scenario: a finding that the profile declares and that no longer occurs
    Given a copy of the engine "full-refresh" in a folder
    And "every TVIEW equals its defining query" is known of "20 sessions at once", because "it was once so"
    When the scenarios called "Two aggregates over the same users 20 sessions at once" run with that folder
    Then each of them failed with "did not occur"

  @nodatabase
  Scenario: a level that a profile says it refuses, and that the engine serves
    Given a copy of the engine "row-trigger" in a folder
    And its file "engine.json" is {"name": "x", "about": "x", "refreshes": "row", "unserved": ["serializable"]}
    When the scenarios called "a session writes at a stricter level – serializable" run with that folder
    Then each of them failed with "every transaction was refused"

  @nodatabase
  Scenario: an engine with a worker of its own, which only tells that it has caught up
    Given a copy of the engine "full-refresh" in a folder
    And its file "engine.json" is {"name": "x", "about": "x", "refreshes": "later", "locks": "tview"}
    And its file "caught-up.sql" is SELECT true
    When the scenarios called "Engines that refresh later transactions that a refresh overlaps" run with that folder
    Then each of them passed

  @nodatabase
  Scenario Outline: engines that refresh later
    Given a copy of the engine "<engine>" in a folder
    When the scenarios called "Engines that refresh later <scenario>" run with that folder
    Then each of them <ended>

    Examples:
      | case                             | engine             | scenario                             | ended                                                           |
      | who commits late is lost, a race | queue-worker       | writes early and commits late        | failed with "reduced to 5 of its 5 steps"                       |
      | who commits late is lost, a load | queue-worker       | transactions that a refresh overlaps | failed with "once quiet, every TVIEW equals its defining query" |
      | nobody is lost                   | queue-worker-sound |                                      | passed                                                          |
