@random
Feature: Races that nobody wrote

  The races of Features/Races are those that somebody thought of. Here the seed of the run
  decides: it draws small schemas, as random statements do (three base tables of three to nine
  rows, one to four TVIEWs over them and over each other), and over each of them races: two to four
  sessions, each with a transaction of one to three statements at any isolation level, which
  commits, rolls back, is prepared and ended by another session, or is held before it writes.
  Some act as another role, forget their settings, make constraints immediate, or refresh within
  a savepoint what cannot be refreshed; sometimes one more creates or drops a TVIEW.

  Every statement is tried alone first, and what it does to the TVIEWs is noted: a row comes
  or goes, also without any row being inserted or deleted (a filter, a join), finds or loses
  its join partner, changes its minimum or maximum, or another value. Two sessions of a race
  meet at a row of a TVIEW, or depend on each other without that: one of them points to a row
  that the other one lets into a TVIEW, say. Mostly they write different rows of the base
  tables, because those put writers in order whatever the engine does; so does a TVIEW that has
  to be refreshed as a whole, and most schemas have none. Ways that were drawn seldom come first,
  and what never came is told at the end. The sessions of every fifth schema connect through
  PgBouncer in transaction mode.

  The steps are taken in a few of their permutations, and after each the whole contract is
  judged. What fails is reduced: sessions, steps, TVIEWs, rows, constraints, filters, columns.
  The finding has a script for psql, the tables that it needs and a scenario for
  Features/Races. './specs explore --seconds 600' searches for longer; './specs explore --seed N'
  with the seed of a finding finds it again.

  Scenario: whatever is drawn, the TVIEW contract holds in every permutation
    When 6 random races over each of 12 random schemas are taken, each in 8 permutations
    Then the TVIEW contract held in each of them
    And at least 250 permutations were taken
