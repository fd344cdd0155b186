@suite @nodatabase
Feature: What is concluded of an engine that refreshes later

  Its TVIEW may be late, but what it shows must have been so at one moment, and it must
  never go back. The check is checked with moments and with counts of tokens that were
  written by hand.

  Rule: Between the steps of a permutation every moment is known

    Scenario: a TVIEW that follows late, and skips a moment
      Given these moments
        | after | query  | TVIEW |
        | 0     | old    | old   |
        | 1     | newer  | old   |
        | 2     | newest | old   |
        | 3     | newest | newest |
      Then the moments are judged pass

    Scenario: a TVIEW that shows half of a transaction
      Given these moments
        | after | query         | TVIEW         |
        | 0     | a1 and b1     | a1 and b1     |
        | 1     | a2 and b2     | a1 and b1     |
        | 2     | a2 and b2     | a2 and b1     |
      Then the moments are judged fail because "after step 2, tv_post shows what its query gave at no moment: b1, where the query gives b2"

    Scenario: a TVIEW that shows what is not committed yet
      Given these moments
        | after | query | TVIEW |
        | 0     | old   | old   |
        | 1     | old   | new   |
        | 2     | new   | new   |
      Then the moments are judged fail because "after step 1, tv_post shows what its query gave at no moment"

    Scenario: a TVIEW that goes back
      Given these moments
        | after | query  | TVIEW |
        | 0     | old    | old   |
        | 1     | newer  | newer |
        | 2     | newest | old   |
      Then the moments are judged fail because "after step 2, tv_post shows what its query gave after step 0; before, it had shown what the query gave after step 1"

    Scenario: a query that goes back itself
      Given these moments
        | after | query | TVIEW |
        | 0     | old   | old   |
        | 1     | new   | new   |
        | 2     | old   | new   |
        | 3     | old   | old   |
      Then the moments are judged pass

    Scenario: a moment that nobody could note
      Given these moments
        | after | query        | TVIEW        | several ended at once |
        | 0     | a1 and b1    | a1 and b1    | no                    |
        | 1     | a2 and b2    | a2 and b1    | yes                   |
        | 2     | a2 and b2    | a2 and b2    | no                    |
      Then the moments are judged pass

  Rule: In a load tokens tell, each written into two rows by one transaction

    Scenario: tokens that appear one after the other
      Given these counts of tokens in a load from 0 to 100
        | start | end | session | tokens | last | rows |
        | 10    | 20  | 1       | 1      | 1    | 2    |
        | 30    | 40  | 1       | 3      | 3    | 6    |
        | 30    | 40  | 2       | 1      | 1    | 2    |
      Then the counts are judged pass

    Scenario Outline: tokens that show no moment, or an earlier one
      Given these counts of tokens in a load from 0 to 100
        | start | end | session | tokens   | last   | rows   |
        | 10    | 20  | 1       | 2        | 2      | 4      |
        | 30    | 40  | <session> | <tokens> | <last> | <rows> |
      Then the counts are judged fail because "<finding>"

      Examples:
        | case                         | session | tokens | last | rows | finding                                                                                                           |
        | in one of its rows only      | 1       | 3      | 3    | 5    | a snapshot showed 3 tokens of session 1 in 5 rows, and each was written into two                                  |
        | fewer than before            | 1       | 1      | 1    | 2    | a snapshot showed 1 tokens of session 1, and an earlier one 2                                                     |
        | none where there were some   | 2       | 1      | 1    | 2    | the tokens of session 1 were shown, and then no more                                                              |
        | a later one without an earlier one | 1 | 3      | 4    | 6    | a snapshot showed 3 tokens of session 1 and among them the one of its transaction 4: an earlier one is missing   |

    Scenario: nobody looked while the sessions worked
      Given these counts of tokens in a load from 0 to 100
        | start | end | session | tokens | last | rows |
        | 101   | 102 | 1       | 3      | 3    | 6    |
      Then the counts are judged unknown because "nobody counted the tokens while the sessions worked"

    Scenario: the lag is counted from the commit to the first snapshot that shows it
      Given these counts of tokens in a load from 0 to 100
        | start | end | session | tokens | last | rows |
        | 50    | 90  | 1       | 0      | 0    | 0    |
        | 110   | 130 | 1       | 1      | 1    | 2    |
      Then the lag of its one transaction is 30 ticks
