@suite @nodatabase
Feature: Options of a run

  Whoever mistypes an option reads one sentence that says what was wrong and what to do,
  before anything was started.

  Scenario Outline: an option that is not allowed is refused
    When the run is given <option> = "<value>"
    Then it is refused with "<sentence>"

    Examples: numbers
      | option         | value | sentence                                                                      |
      | SESSIONS       | 0     | SPECS_SESSIONS=0 is not allowed; give a whole number from 2 to 10000.         |
      | SESSIONS       | -5    | SPECS_SESSIONS=-5 is not allowed; give a whole number from 2 to 10000.        |
      | SESSIONS       | 99999 | SPECS_SESSIONS=99999 is not allowed; give a whole number from 2 to 10000.     |
      | SESSIONS       | many  | SPECS_SESSIONS=many is not allowed; give a whole number from 2 to 10000.      |
      | SEED           | -1    | SPECS_SEED=-1 is not allowed; give a whole number from 0 to 2147483647.       |
      | POSTGRES       | 9     | SPECS_POSTGRES=9 is not allowed; give a whole number from 14 to 18.           |
      | STRESS_SECONDS | 0     | SPECS_STRESS_SECONDS=0 is not allowed; give a whole number from 1 to 86400.   |
      | RATE           | 0     | SPECS_RATE=0 is not allowed; give a whole number from 1 to 1000000.           |
      | CONNECTIONS    | 99    | SPECS_CONNECTIONS=99 is not allowed; give a whole number from 100 to 10000.   |
      | START_AT       | noon  | SPECS_START_AT=noon is not allowed; give a whole number from 0 to 2147483647. |
      | REPEAT         | 0     | SPECS_REPEAT=0 is not allowed; give a whole number from 1 to 1000000.         |
      | TIMEOUT        | 0     | SPECS_TIMEOUT=0 is not allowed; give a whole number from 1 to 3600.           |
      | POOLER_SIZE    | 0     | SPECS_POOLER_SIZE=0 is not allowed; give a whole number from 1 to 10000.      |

    Examples: moments
      | option   | value | sentence                             |
      | START_AT | 1000  | SPECS_START_AT=1000 is past, for now |

    Examples: names
      | option      | value  | sentence                                                                           |
      | ENGINE      | oracle | SPECS_ENGINE=oracle is not known; choose one of reference, extension.              |
      | HOST        | moon   | SPECS_HOST=moon is not known; choose one of auto, local, external, testcontainers. |
      | STRICT      | yes    | SPECS_STRICT=yes is not known; choose one of 0, 1.                                 |
      | POOLER_MODE | row    | SPECS_POOLER_MODE=row is not known; choose one of transaction, session.            |

    Examples: shares
      | option | value | sentence                                                              |
      | SHARD  | 9/8   | SPECS_SHARD=9/8 is not allowed; write which of how many, such as 2/8. |
      | SHARD  | 0/8   | SPECS_SHARD=0/8 is not allowed; write which of how many, such as 2/8. |
      | SHARD  | two   | SPECS_SHARD=two is not allowed; write which of how many, such as 2/8. |

    Examples: shares of the faults
      | option      | value | sentence                                                                    |
      | FAULT_SHARD | 3/2   | SPECS_FAULT_SHARD=3/2 is not allowed; write which of how many, such as 2/8. |

    Examples: orders
      | option       | value | sentence                                                                                              |
      | INTERLEAVING | ABx   | SPECS_INTERLEAVING=ABx is not allowed; give the sessions' letters, one for each step, such as ABABAB. |

    Examples: places
      | option     | value                  | sentence                                    |
      | HOST       | external               | SPECS_HOST=external needs SPECS_CONNECTION  |
      | CONNECTION | Host=db;Pasword=secret | SPECS_CONNECTION is not a connection string |
      | POOLER     | Host=db                | name that server in SPECS_CONNECTION        |
      | OUTPUT     | /dev/null/x            | SPECS_OUTPUT=/dev/null/x cannot be written  |
      | EXTENSION  | /nowhere               | SPECS_EXTENSION=/nowhere is not a folder    |
      | EXTENSION  | docker                 | holds 0 files pg_tviews.control             |

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
      | server                                 | sentence                                  | help                                    |
      | a port where nothing listens           | does not answer                           | check SPECS_CONNECTION                  |
      | a container's port that is not reached | does not answer                           | TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1  |
      | its own server with a wrong password   | refuses the password of the user          | give the right one in SPECS_CONNECTION  |
      | the database nowhere                   | has no database 'nowhere'                 | name one that is there                  |
      | the database template0                 | refused the connection (55000: database   | let the user of SPECS_CONNECTION log in |

  Scenario: more sessions than the server takes
    When the run asks its own server for 5000 sessions
    Then it is refused with "5000 sessions need 5020; raise its max_connections or lower SPECS_SESSIONS."
