@alone
Feature: Random statements over random tables

  Nobody thinks of everything. So here the seed of the run decides: it gives three base
  tables (a chain, a star or a diamond; keys of many types, some of two columns; foreign keys
  declared or not, nullable or not, with CASCADE, SET NULL and SET DEFAULT; columns of many
  types, generated ones too), a user's triggers (one that changes NEW, one that writes at
  COMMIT), three TVIEWs over them and over each other, and transactions of one to four
  statements. They insert, update, move rows to other parents and to none, change keys, upsert,
  MERGE, COPY, load thousands of rows, delete with what hangs on it and TRUNCATE; they change a
  value as little as it can change, and set it to NULL and back. With savepoints, also around
  refreshes that fail, exception blocks, rollbacks and two-phase commits under odd names; after
  RESET ALL and DISCARD ALL; as another role, and with an empty search_path. Most of them are at
  READ COMMITTED, every eighth session at REPEATABLE READ and at SERIALIZABLE. Meanwhile one
  session creates a TVIEW, defines it anew and drops it.

  Transactions can conflict without any TVIEW: they insert a key that is there (23505), name a
  parent that is not (23503), find a row busy for too long (55P03, seldom 57014), and lock rows
  in any order until two of them deadlock. The first three are declared errors, and the
  transaction is given up; after 40001 and 40P01 it is tried again. Where a TVIEW divides by
  what users write, 22012 is declared as well. But a deadlock that
  involves a lock of the engine is a failure, and so is every other error, and every error
  that comes from a TVIEW and not from a base table. Where in most sessions most attempts
  had to be repeated, that is a failure too, although all succeeded in the end.

  What differs is taken apart. The transactions are run once more, one after the other: what
  differs then needs no concurrency. Else those that concern the row, and those that ran beside
  them, are taken in permutations until one shows it, for a minute; it is reduced as those of
  'Races that nobody wrote' are. Where none does, the finding says so, with the time and
  the snapshot of the audit that saw it first, and the statements.

  SPECS_STRESS_SECONDS sets how long this runs, with a new schema (the next seed) every two
  rounds. A failure names the seed, which reproduces the schema and the statements; their
  timing it cannot reproduce.

  Scenario: whatever the sessions do, every TVIEW equals its defining query
    When 32 sessions commit 1000 random transactions over random tables and TVIEWs, 2 times
    Then the TVIEW contract held each time
    And nothing failed but with a declared error, or with a retryable one and then succeeded
    And in most sessions more attempts succeeded than had to be repeated
    And no lock of the engine was part of a deadlock
    And at least 24 of the sessions were in a transaction at the same moment, each time
    And each kind of statement was committed at least once
