@suite
Feature: Interleavings

  Before the races prove anything, the explorer has to be right: all permutations and no
  other ones, the same sample for the same seed, the smallest script that still fails, and a
  cell of the anomaly matrix for what happened, not for what was hoped.

  Rule: Every permutation, or a sample that can be drawn again

    @nodatabase
    Scenario Outline: how many permutations there are
      Given sessions with <steps> steps
      Then their steps have <count> permutations, all of them different

      Examples:
        | case                          | steps      | count |
        | one session                   | 3          | 1     |
        | two sessions of one step      | 1 and 1    | 2     |
        | two sessions of three steps   | 3 and 3    | 20    |
        | a long and a short session    | 4 and 1    | 5     |
        | three sessions of two steps   | 2, 2 and 2 | 90    |
        | three sessions of three steps | 3, 3 and 3 | 1680  |

    @nodatabase
    Scenario: a sample is drawn again by its seed
      Given sessions with 3, 3 and 3 steps
      Then with seed 1 a sample has 70 of 1680 permutations, all of them different
      And seed 1 brings the same sample again
      And seed 2 brings another one

    @nodatabase
    Scenario: too many permutations to make them all
      Given sessions with 9, 9 and 9 steps
      Then with seed 1 a sample has 70 permutations that nobody has counted, all of them different
      And seed 1 brings the same sample again

    @nodatabase
    Scenario: nobody commits what is not prepared yet
      Given these sessions
        | A                        | B                        | C                           |
        | begins                   | inserts a post of user 1 | commits what A has prepared |
        | renames user 1           |                          |                             |
        | prepares its transaction |                          |                             |
      Then their steps have 5 permutations, all of them different

    @nodatabase
    Scenario Outline: a permutation that does not fit is refused
      Given sessions with 3 and 3 steps
      When the permutation <id> is asked for
      Then the explorer refuses it with "The permutation <id> does not fit: it takes every step once, 3 of session A and 3 of session B"

      Examples:
        | case                          | id      |
        | a step too few                | ABABA   |
        | a step too many               | ABABABA |
        | too many steps of one session | AABBBB  |
        | a session that is not there   | ABCABC  |

    @nodatabase
    Scenario: a step that no session knows
      When a session's step is "renames everybody"
      Then the explorer refuses it with "There is no step of a race 'renames everybody'; there are: begins; begins at REPEATABLE READ;"

  Rule: Of permutations that cannot differ one is taken, and a share of the others all the same

    BEGIN and SAVEPOINT take no snapshot and no lock, so it is the same whether they come before
    or after another session's step.

    @nodatabase
    Scenario Outline: how many can differ
      Given sessions with these steps
        | session | steps |
        | A       | <A>   |
        | B       | <B>   |
        | C       | <C>   |
      Then of <all> permutations <classes> can differ

      Examples:
        | case                           | A                                                                                                  | B                                | C                               | all  | classes |
        | no transaction is begun        | renames user 1; renames user 2                                                                     | renames user 1; renames user 2   |                                 | 6    | 6       |
        | BEGIN and a statement          | begins; renames user 1; commits                                                                    | renames user 1                   |                                 | 4    | 3       |
        | two transactions               | begins; renames user 1; commits                                                                    | begins; renames user 1; commits  |                                 | 20   | 6       |
        | three transactions             | begins; renames user 1; commits                                                                    | begins; renames user 1; commits  | begins; renames user 1; commits | 1680 | 90      |
        | one after the other            | begins; renames user 1; commits; begins; renames user 1; commits                                   | renames user 1                   |                                 | 7    | 5       |
        | a savepoint                    | begins; renames user 1; sets a savepoint; renames user 2; commits                                  | renames user 1                   |                                 | 6    | 4       |
        | back to a savepoint            | begins; renames user 1; sets a savepoint; renames user 2; rolls back to the savepoint; commits     | renames user 1                   |                                 | 7    | 5       |
        | who is prepared is ended later | begins; renames user 1; prepares its transaction                                                   | renames user 1                   | commits what A has prepared     | 5    | 4       |
        | a session that is held         | begins; renames user 1; commits, held before it writes; is released                                | renames user 1                   |                                 | 5    | 4       |
        | a TVIEW is created             | begins; renames user 1; commits                                                                    | creates the TVIEW tv_extra       |                                 | 4    | 4       |
        | reads                          | begins; counts the users; commits                                                                  | counts the users                 |                                 | 4    | 3       |

    @nodatabase
    Scenario: which one stands for the others
      Given sessions with these steps
        | session | steps                           |
        | A       | begins; renames user 1; commits |
        | B       | begins; renames user 1; commits |
      Then of 20 permutations 6 can differ
      And they are AAABBB, AABBAB, AABBBA, ABBAAB, ABBABA and ABBBAA

    @nodatabase
    Scenario: through a pooler BEGIN decides who gets which server connection
      Given sessions that connect through transaction pooling
      And sessions with these steps
        | session | steps                           |
        | A       | begins; renames user 1; commits |
        | B       | begins; renames user 1; commits |
      Then of 20 permutations 20 can differ

    @nodatabase
    Scenario: an engine that refreshes later is looked at after every step
      Given the engine is "queue-worker"
      And sessions with these steps
        | session | steps                           |
        | A       | begins; renames user 1; commits |
        | B       | begins; renames user 1; commits |
      Then of 20 permutations 20 can differ

    @nodatabase
    Scenario Outline: the share is drawn by the seed
      Given sessions with these steps
        | session | steps                           |
        | A       | begins; renames user 1; commits |
        | B       | begins; renames user 1; commits |
        | C       | <C>                             |
      Then with seed 1 and a limit of 70, <taken> are taken, <share> of them although they cannot differ

      Examples:
        | case            | C                               | taken | share |
        | all that differ |                                 | 7     | 1     |
        | too many        | begins; renames user 1; commits | 70    | 7     |

    Scenario: a wrong idea of what cannot differ is found
      Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
      And these sessions
        | A              | B              |
        | begins         | renames user 1 |
        | renames user 1 |                |
        | commits        |                |
      And it is taken for granted that a commit can be exchanged with any step
      When they take their steps in every permutation
      Then the contract is found broken with
        """
        a permutation that cannot differ ends like the one that stands for it: FAIL
        AABA ended: blocked then exact, B1 waited; AAAB, which stands for it, ended: exact
        """

  Rule: A failing permutation is reduced to the fewest steps that still fail

    @nodatabase
    Scenario: what is not needed is left out
      Given these sessions
        | A                | B                        | C               |
        | begins           | begins                   | begins          |
        | counts the users | inserts a post of user 1 | retitles post 2 |
        | renames user 1   | retitles post 3          | commits         |
        | commits          | commits                  |                 |
      When the permutation ABCABCABCAB is reduced, which fails wherever "renames user 1" comes before the commit of "inserts a post of user 1"
      Then these steps are left: B begins, B inserts a post of user 1, A renames user 1, B commits

    Scenario: an engine that never flushes
      Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
      And the statement "ALTER TABLE tviews_reference.ticket DISABLE TRIGGER flush"
      And these sessions
        | A              | B                        |
        | begins         | begins                   |
        | renames user 1 | inserts a post of user 2 |
        | commits        | commits                  |
      When they take their steps in the permutation ABABAB
      Then the contract is found broken with
        """
        exact: every TVIEW equals its defining query: FAIL
        The first of them, ABABAB, reduced to 1 of its 6 steps:
        first, in each session: SET default_transaction_isolation = 'read committed';
        --interleaving ABABAB
        """

  Rule: Who waits for ever is found

    Scenario: a session whose blocker has no step left
      Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
      And these sessions
        | A              | B              |
        | begins         | renames user 1 |
        | renames user 1 |                |
      When they take their steps in the permutation AAB
      Then the contract is found broken with
        """
        live: every step ends: FAIL
        session B waits for session A; no step is left
        """

    Scenario: deadlocks are the server's to break
      Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
      And these sessions
        | A              | B              |
        | begins         | begins         |
        | renames user 1 | renames user 2 |
        | renames user 2 | renames user 1 |
        | commits        | commits        |
      When they take their steps in the permutation ABABABAB
      Then after this permutation the TVIEW contract held
      And steps failed only with 40P01
      And in some permutation a step failed with 40P01

  Rule: A warning where there should have been an error is found

    Scenario: a session that is warned
      Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
      And these sessions
        | A                                                          |
        | executes DO $$ BEGIN RAISE WARNING 'not refreshed'; END $$ |
      When they take their steps in the permutation A
      Then the contract is found broken with
        """
        live: nobody is warned of what should have been refused: FAIL
        session A, when it executes DO $$ BEGIN RAISE WARNING 'not refreshed'; END $$: not refreshed
        -- WARNING: not refreshed
        """

  Rule: A cell of the anomaly matrix tells the worst that happened

    @nodatabase
    Scenario Outline: how a permutation ended
      Given a permutation in which <what happened>
      Then it ended <ending>

      Examples:
        | case                               | what happened                                   | ending           |
        | nothing special                    | nothing was special                             | Exact            |
        | a wait for a session               | a step waited for session B                     | BlockedThenExact |
        | a wait at the injection point      | a step waited for the injection point           | Exact            |
        | an error that is no anomaly        | a step failed with 42P07                        | Refused          |
        | a serialization failure            | a step failed with 40001                        | Retryable        |
        | a deadlock                         | a step failed with 40P01                        | Deadlock         |
        | leftovers                          | no leftovers was broken                         | Broken           |
        | refreshes that could not be judged | once could not be judged                        | Broken           |
        | a stale TVIEW                      | exact was broken                                | Stale            |
        | a TVIEW that could not be judged   | exact could not be judged                       | Stale            |

    @nodatabase
    Scenario: a cell without permutations
      Then the cell of no permutation is "unknown"
      And the cell of Exact, Stale, BlockedThenExact and Exact is "1 STALE, 1 blocked then exact, 2 exact"

  Rule: A wait between sessions that change nothing in common may be unnecessary

    @nodatabase
    Scenario Outline: a wait that may be unnecessary
      Given session A whose statement <A>
      And session B whose statement <B>
      Then that session B <waits> is <judged>

      Examples:
        | case                           | A                                     | B                                     | waits                                                     | judged          |
        | a lock of the engine's         | alone changes row 1 of a TVIEW        | alone changes row 2 of a TVIEW        | waits for session A on a lock of the kind "advisory"      | unnecessary     |
        | a lock of a whole table        | alone changes row 1 of a TVIEW        | alone changes row 2 of a TVIEW        | waits for session A on a lock of the kind "relation"      | unnecessary     |
        | the same row                   | alone changes row 1 of a TVIEW        | alone changes row 1 of a TVIEW        | waits for session A on a lock of the kind "advisory"      | as it should be |
        | one row of several             | alone changes rows 1 and 3 of a TVIEW | alone changes rows 2 and 3 of a TVIEW | waits for session A on a lock of the kind "advisory"      | as it should be |
        | a base row, by its transaction | alone changes row 1 of a TVIEW        | alone changes row 2 of a TVIEW        | waits for session A on a lock of the kind "transactionid" | as it should be |
        | nobody waits                   | alone changes row 1 of a TVIEW        | alone changes row 2 of a TVIEW        | does not wait                                             | as it should be |
        | who is waited for is not known | is not known                          | alone changes row 2 of a TVIEW        | waits for session A on a lock of the kind "advisory"      | not known       |
        | who waits is not known         | alone changes row 1 of a TVIEW        | is not known                          | waits for session A on a lock of the kind "advisory"      | not known       |
