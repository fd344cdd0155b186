@reference
Feature: Random statements over random tables

  Nobody thinks of everything. So here nobody does: from the seed of the run come three
  base tables (a chain, a star or a diamond; keys of many types; foreign keys declared or
  not, nullable or not, with and without CASCADE and SET NULL), three TVIEWs over them and
  over each other, and transactions of one to four statements. They insert, update, move
  rows to other parents, change keys, upsert, MERGE, COPY, delete with what hangs on it
  and TRUNCATE, with savepoints, exception blocks, rollbacks and two-phase commits, most
  of them at READ COMMITTED, every eighth session at REPEATABLE READ and at SERIALIZABLE.

  Users can be at odds without any TVIEW: they insert a key that is there (23505), name a
  parent that is not (23503), find a row busy for too long (55P03), and lock rows in any
  order until two of them deadlock. The first three are declared errors, and the
  transaction is given up; after 40001 and 40P01 it is tried again. But a deadlock in
  which a lock of the engine has a part is a failure, and so is every other error, and
  every one that comes from a TVIEW and not from a base table.

  SPECS_STRESS_SECONDS makes this run for so long, with a new schema (the next seed)
  every two rounds. A failure names the seed which brings the same schema and the same
  statements again; only their order in time is the server's.

  Scenario: whatever the sessions do, every TVIEW equals its defining query
    When 32 sessions commit 1000 random transactions over random tables and TVIEWs, 2 times
    Then after each time every TVIEW equalled its defining query
    And no snapshot that was taken meanwhile saw a TVIEW differ from its defining query
    And nothing failed but by a declared error, or with 40001 or 40P01 and then succeeded
    And no lock of the engine had a part in a deadlock
    And no random transaction refreshed a row of a TVIEW twice
    And each one refreshed a TVIEW after those that it reads
    And nothing was left behind after any of them
    And the server was the same process all the while
    And at least 24 of the sessions were in a transaction at the same moment, each time
    And each kind of statement was committed at least once
