@suite
Feature: Interleavings

  Before the races prove anything, the explorer has to be right: all orders and no other
  ones, the same sample for the same seed, the smallest script that still fails, and a
  cell of the anomaly matrix for what happened, not for what was hoped.

  Rule: Every order, or a sample that can be drawn again

    @nodatabase
    Scenario Outline: how many orders there are
      Given sessions with <steps> steps
      Then their steps have <orders> orders, all of them different

      Examples:
        | steps        | orders |
        | 3            | 1      |
        | 1 and 1      | 2      |
        | 3 and 3      | 20     |
        | 4 and 1      | 5      |
        | 2, 2 and 2   | 90     |
        | 3, 3 and 3   | 1680   |

    @nodatabase
    Scenario: a sample is drawn again by its seed
      Given sessions with 3, 3 and 3 steps
      Then with seed 1 a sample has 70 of 1680 orders, all of them different
      And seed 1 brings the same sample again
      And seed 2 brings another one

    @nodatabase
    Scenario: too many orders to make them all
      Given sessions with 9, 9 and 9 steps
      Then with seed 1 a sample has 70 orders that nobody has counted, all of them different
      And seed 1 brings the same sample again

    @nodatabase
    Scenario: nobody commits what is not prepared yet
      Given these sessions
        | A                        | B                        | C                           |
        | begins                   | inserts a post of user 1 | commits what A has prepared |
        | renames user 1           |                          |                             |
        | prepares its transaction |                          |                             |
      Then their steps have 5 orders, all of them different

    @nodatabase
    Scenario Outline: the id of an order that does not fit is refused
      Given sessions with 3 and 3 steps
      When the order <id> is asked for
      Then the explorer refuses it with "The order <id> does not fit: it takes every step once, 3 of session A and 3 of session B"

      Examples:
        | id      |
        | ABABA   |
        | ABABABA |
        | AABBBB  |
        | ABCABC  |

    @nodatabase
    Scenario: a step that no session knows
      When a session's step is "renames everybody"
      Then the explorer refuses it with "No session knows the step 'renames everybody'; with numbers for #, it knows: begins; commits;"

  Rule: A failing order is reduced to the fewest steps that still fail

    @nodatabase
    Scenario: what is not needed is left out
      Given these sessions
        | A              | B                        | C               |
        | begins         | begins                   | begins          |
        | looks          | inserts a post of user 1 | retitles post 2 |
        | renames user 1 | retitles post 3          | commits         |
        | commits        | commits                  |                 |
      When the order ABCABCABCAB is reduced, which fails wherever "renames user 1" comes before the commit of "inserts a post of user 1"
      Then these steps are left: B begins, B inserts a post of user 1, A renames user 1, B commits

    Scenario: an engine that never flushes
      Given 3 users with 6 posts, and the TVIEW tv_post that shows each post with its author's name
      And the statement "ALTER TABLE tviews_reference.ticket DISABLE TRIGGER flush"
      And these sessions
        | A              | B                        |
        | begins         | begins                   |
        | renames user 1 | inserts a post of user 2 |
        | commits        | commits                  |
      When they take their steps in the order ABABAB
      Then the contract is found broken with
        """
        Contract 1 (exact): tv_post equals its defining query: FAIL
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
      When they take their steps in the order AAB
      Then the contract is found broken with
        """
        Contract 8 (live): every step ends: FAIL
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
      When they take their steps in the order ABABABAB
      Then after this order the TVIEW contract held
      And a step was refused only with 40P01
      And in some order a step was refused with 40P01

  Rule: A cell of the anomaly matrix tells the worst that happened

    @nodatabase
    Scenario Outline: how an order ended
      Given an order in which <what happened>
      Then it ended <ending>

      Examples:
        | what happened                                   | ending           |
        | nothing was special                             | Exact            |
        | a step waited for session B                     | BlockedThenExact |
        | a step waited for the hold point                | Exact            |
        | a step was refused with 42P07                   | Refused          |
        | a step was refused with 40001                   | RefusedWith40001 |
        | a step was refused with 40P01                   | Deadlock         |
        | Contract 5 (no leftovers) was broken            | Broken           |
        | Contract 2 (once) could not be judged           | Broken           |
        | Contract 1 (exact): tv_post was broken          | Stale            |
        | Contract 1 (exact): tv_post could not be judged | Stale            |

    @nodatabase
    Scenario: a cell without orders
      Then the cell of no order is "unknown"
      And the cell of Exact, Stale, BlockedThenExact and Exact is "1 STALE, 1 blocked then exact, 2 exact"
