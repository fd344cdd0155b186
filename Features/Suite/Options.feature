@suite @nodatabase
Feature: Options of a run

  Whoever mistypes an option reads one sentence that says what was wrong and what to do,
  before anything was started.

  Scenario Outline: an option that is not allowed is refused
    When the run is given <option> = "<value>"
    Then it is refused with "<sentence>"

    Examples: numbers
      | case                            | option         | value | sentence                                                                      |
      | no sessions                     | SESSIONS       | 0     | SPECS_SESSIONS=0 is not allowed; give a whole number from 2 to 10000.         |
      | fewer than no sessions          | SESSIONS       | -5    | SPECS_SESSIONS=-5 is not allowed; give a whole number from 2 to 10000.        |
      | too many sessions               | SESSIONS       | 99999 | SPECS_SESSIONS=99999 is not allowed; give a whole number from 2 to 10000.     |
      | a word for a number of sessions | SESSIONS       | many  | SPECS_SESSIONS=many is not allowed; give a whole number from 2 to 10000.      |
      | a negative seed                 | SEED           | -1    | SPECS_SEED=-1 is not allowed; give a whole number from 0 to 2147483647.       |
      | a server that is too old        | POSTGRES       | 9     | SPECS_POSTGRES=9 is not allowed; give a whole number from 14 to 18.           |
      | no seconds of stress            | STRESS_SECONDS | 0     | SPECS_STRESS_SECONDS=0 is not allowed; give a whole number from 1 to 86400.   |
      | no transactions a second        | RATE           | 0     | SPECS_RATE=0 is not allowed; give a whole number from 1 to 1000000.           |
      | a server of too little capacity | CAPACITY       | 99    | SPECS_CAPACITY=99 is not allowed; give a whole number from 100 to 10000.      |
      | a word for a time               | START_AT       | noon  | SPECS_START_AT=noon is not allowed; give a whole number from 0 to 2147483647. |
      | no repetitions                  | REPEAT         | 0     | SPECS_REPEAT=0 is not allowed; give a whole number from 1 to 1000000.         |
      | no feature at once              | AT_ONCE        | 0     | SPECS_AT_ONCE=0 is not allowed; give a whole number from 1 to 16.             |
      | no time                         | TIMEOUT        | 0     | SPECS_TIMEOUT=0 is not allowed; give a whole number from 1 to 3600.           |
      | no pooled connections           | POOLER_SIZE    | 0     | SPECS_POOLER_SIZE=0 is not allowed; give a whole number from 1 to 10000.      |

    Examples: two that do not go together
      | case                  | option        | value  | sentence                                                          |
      | a load beside another | AT_ONCE, RATE | 2, 100 | but SPECS_RATE is about one server that has the machine to itself |

    Examples: moments
      | case                | option   | value | sentence                             |
      | a time that is past | START_AT | 1000  | SPECS_START_AT=1000 is past, for now |

    Examples: names
      | case                        | option      | value  | sentence                                                                           |
      | an engine that nobody knows | ENGINE      | oracle | There is no engine 'oracle': it is neither one of |
      | a host that nobody knows    | HOST        | moon   | SPECS_HOST=moon is not known; choose one of auto, local, external, testcontainers. |
      | a word for a switch         | STRICT      | yes    | SPECS_STRICT=yes is not known; choose one of 0, 1.                                 |
      | a pooling that nobody knows | POOLER_MODE | row    | SPECS_POOLER_MODE=row is not known; choose one of transaction, session.            |

    Examples: shares
      | case                     | option | value | sentence                                                              |
      | a shard beyond the last  | SHARD  | 9/8   | SPECS_SHARD=9/8 is not allowed; write which of how many, such as 2/8. |
      | a shard before the first | SHARD  | 0/8   | SPECS_SHARD=0/8 is not allowed; write which of how many, such as 2/8. |
      | a word for a shard       | SHARD  | two   | SPECS_SHARD=two is not allowed; write which of how many, such as 2/8. |

    Examples: shares of the faults
      | case                                  | option      | value | sentence                                                                    |
      | a shard of the faults beyond the last | FAULT_SHARD | 3/2   | SPECS_FAULT_SHARD=3/2 is not allowed; write which of how many, such as 2/8. |

    Examples: orders
      | case                        | option       | value | sentence                                                                                              |
      | a letter that is no session | INTERLEAVING | ABx   | SPECS_INTERLEAVING=ABx is not allowed; give the sessions' letters, one for each step, such as ABABAB. |

    Examples: places
      | case                                  | option     | value                  | sentence                                    |
      | an external server without an address | HOST       | external               | SPECS_HOST=external needs SPECS_CONNECTION  |
      | a misspelt connection string          | CONNECTION | Host=db;Pasword=secret | SPECS_CONNECTION is not a connection string |
      | a pooler without its server           | POOLER     | Host=db                | name that server in SPECS_CONNECTION        |
      | a folder that cannot be written       | OUTPUT     | /dev/null/x            | SPECS_OUTPUT=/dev/null/x cannot be written  |
      | a package that is not there           | EXTENSION  | /nowhere               | SPECS_EXTENSION=/nowhere is not a folder    |
      | a folder without a package            | EXTENSION  | docker                 | holds 0 files pg_tviews.control             |

  Scenario: a password is never repeated
    When the run is given CONNECTION = "Host=db;Pasword=secret"
    Then the refusal does not contain "secret"

  Scenario: without options a run has a seed of its own and keeps the features' numbers
    When the run is given no option
    Then it takes the reference engine and as many sessions as the features say

  # Of 100 draws from 100 some 63 differ. Seeds that were no more than added up gave 18 or 92, whatever the seed.
  Scenario: chance decides where sessions meet, and the same seed repeats it
    When each of 100 sessions draws one of 100 rows, 4 times, with the seeds 1 to 50
    Then each time the sessions drew between 50 and 77 different rows
    And with the same seed they draw the same rows again

  Scenario Outline: a server that does not let the run in is told with what helps
    When the run is pointed at <server>
    Then it is refused with "<sentence>"
    And it is refused with "<help>"
    And the refusal does not contain "secret"

    Examples:
      | case                            | server                                 | sentence                                | help                                    |
      | nothing listens                 | a port where nothing listens           | does not answer                         | check SPECS_CONNECTION                  |
      | a container that is not reached | a container's port that is not reached | does not answer                         | TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1  |
      | a wrong password                | its own server with a wrong password   | refuses the password of the user        | give the right one in SPECS_CONNECTION  |
      | no such database                | the database nowhere                   | has no database 'nowhere'               | name one that is there                  |
      | a database that takes nobody    | the database template0                 | refused the connection (55000: database | let the user of SPECS_CONNECTION log in |

  Scenario: more sessions than the server takes
    When the run asks its own server for 5000 sessions
    Then it is refused with "5000 sessions need 5020; raise its max_connections or lower SPECS_SESSIONS."

  Scenario Outline: a table of sessions adds up to the sessions of the scenario
    When <shares> sessions share the work of a scenario with 100 sessions
    Then it is refused with "<sentence>"

    Examples:
      | case         | shares    | sentence                                                                                                    |
      | too many     | 60 and 50 | The column 'sessions' adds up to 110 (60 + 50), and the scenario has 100 sessions; make them the same.      |
      | too few      | 60 and 30 | The column 'sessions' adds up to 90 (60 + 30), and the scenario has 100 sessions; make them the same.       |

  Scenario: where SPECS_SESSIONS replaces the number of sessions, a table gives proportions
    When 60 and 50 sessions share the work of a scenario with 100 sessions, and SPECS_SESSIONS is 10
    Then it is not refused
