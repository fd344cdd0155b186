-- The reference engine, part 1: what it remembers.
--
-- Everything internal lives in one schema that ordinary roles cannot reach; they write base tables, and the
-- SECURITY DEFINER trigger functions of part 2 do the rest. Whoever installs the engine owns it, and creates TVIEWs.
CREATE SCHEMA tviews_reference;
REVOKE ALL ON SCHEMA tviews_reference FROM PUBLIC;

-- One row a TVIEW. Level 0 is a base table, so a TVIEW over base tables has level 1: the order of the flush.
CREATE TABLE tviews_reference.tview (
    relation    oid PRIMARY KEY,
    backing     oid NOT NULL UNIQUE,            -- the view that holds the defining query
    key_column  name NOT NULL,
    level       integer NOT NULL DEFAULT 1,
    query       text NOT NULL,
    refresh     text NOT NULL                   -- SQL: make the rows of the keys in $1 (null: all rows) exact
);

-- One row for each relation that a TVIEW reads.
CREATE TABLE tviews_reference.source (
    tview       oid NOT NULL REFERENCES tviews_reference.tview ON DELETE CASCADE,
    relation    oid NOT NULL,
    walk        text,                           -- SQL: from queued rows to locks and keys; null: no path, all rows
    PRIMARY KEY (tview, relation)
);

-- CREATE TABLE tv_x AS SELECT …: the SELECT, kept until the table is converted or dropped.
CREATE TABLE tviews_reference.noted (
    relation    oid PRIMARY KEY,
    query       text NOT NULL
);

-- The refresh queue. A row is one image (old or new) of the columns by which a changed source row leads to refresh
-- keys; it is kept instead of the keys because the flush must look for the keys again once it holds its locks.
-- Its primary key is the deduplication. Both tables are empty at every commit, so nothing is lost by UNLOGGED.
CREATE UNLOGGED TABLE tviews_reference.queue (
    xid         xid8 NOT NULL,
    tview       oid NOT NULL,
    source      oid NOT NULL,
    image       jsonb NOT NULL,                 -- 'null': every row of the source
    PRIMARY KEY (xid, tview, source, image)
);

-- One row a transaction that owes a flush: its deferred trigger is what runs the flush, once. The first row only goes
-- to the end of the line for another one: the flush comes after all other deferred work of the transaction.
CREATE UNLOGGED TABLE tviews_reference.ticket (xid xid8 PRIMARY KEY, due boolean NOT NULL DEFAULT false);

-- Which value locks a flush held. Locks vanish at commit, but a REPEATABLE READ transaction must still learn that
-- somebody whose commit it cannot see held a lock that conflicts with its own (part 3).
CREATE TABLE tviews_reference.lock_trace (
    xid         xid8 NOT NULL,
    class       integer NOT NULL,
    object      integer NOT NULL,
    exclusive   boolean NOT NULL,
    PRIMARY KEY (xid, class, object, exclusive)
);

-- The last transaction that locked a whole relation; a row for every relation that TVIEWs read or are.
CREATE TABLE tviews_reference.relation_trace (
    relation    oid PRIMARY KEY,
    xid         xid8
);

-- What a walk finds: a row to lock (or, where the relation is the TVIEW, a refresh key). A null value is all rows.
CREATE TYPE tviews_reference.reached AS (relation oid, value text, exclusive boolean);

-- A value lock: an advisory lock on (class, object), with its place in the one global order.
CREATE TYPE tviews_reference.value_lock AS (place integer[], class integer, object integer, exclusive boolean);
