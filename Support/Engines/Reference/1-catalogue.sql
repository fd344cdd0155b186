-- The reference engine, part 1: what it remembers.
--
-- Everything internal lives in one schema that ordinary roles cannot reach; they write base tables, and the
-- SECURITY DEFINER trigger functions of part 2 do the rest. Whoever installs the engine owns it, and creates TVIEWs.
CREATE SCHEMA tviews_reference;
REVOKE ALL ON SCHEMA tviews_reference FROM PUBLIC;

-- One row for every relation that TVIEWs read or are. All columns like this one are regclass, for a dump writes those by
-- name: where it is restored, tables have other oids. Whatever outlives a transaction besides (the texts and the names
-- of functions, locks and their traces) knows a relation by its number, which is the same there.
CREATE TABLE tviews_reference.relation (
    relation    regclass PRIMARY KEY,
    number      integer NOT NULL UNIQUE GENERATED ALWAYS AS IDENTITY,
    xid         xid8                            -- the last transaction that locked all of it
);

-- One row a TVIEW. Level 0 is a base table, so a TVIEW over base tables has level 1: the order of the flush.
CREATE TABLE tviews_reference.tview (
    relation    regclass PRIMARY KEY,
    number      integer NOT NULL UNIQUE,
    backing     regclass NOT NULL,              -- the view that holds the defining query, and follows what is renamed
    key_column  name NOT NULL,
    level       integer NOT NULL DEFAULT 1
);

CREATE SEQUENCE tviews_reference.views;         -- the names of those views

-- One row for each relation that a TVIEW reads.
CREATE TABLE tviews_reference.source (
    tview       regclass NOT NULL REFERENCES tviews_reference.tview ON DELETE CASCADE,
    relation    regclass NOT NULL,
    number      integer NOT NULL,
    columns     smallint[],                     -- by which its rows lead to refresh keys; null: they concern all rows
    PRIMARY KEY (tview, relation)
);

-- CREATE TABLE tv_x AS SELECT …: the SELECT, kept until the table is converted or dropped.
CREATE TABLE tviews_reference.noted (
    relation    regclass PRIMARY KEY,
    query       text NOT NULL
);

-- The refresh queue: one row for each statement and each TVIEW that it concerns. An image is what a changed row (old
-- or new) holds in the columns by which it leads to refresh keys, and whether it moved: whether only one of the two is
-- like that. Images are kept instead of keys because the flush must look for the keys once it holds its locks.
-- This table and the next are empty after every flush, so nothing is lost by UNLOGGED.
CREATE UNLOGGED TABLE tviews_reference.queue (
    xid         xid8 NOT NULL,
    tview       integer NOT NULL,               -- their numbers
    source      integer NOT NULL,
    images      jsonb[]                         -- null: every row of the source
);
-- (Hash indexes of small buckets, here and below: SERIALIZABLE takes the page where it looked for somebody else's.)
CREATE INDEX queue_xid ON tviews_reference.queue USING hash (xid) WITH (fillfactor = 10);

-- One row a transaction whose flush is due, made at its end: the deferred trigger of this row is what runs the flush.
CREATE UNLOGGED TABLE tviews_reference.ticket (xid xid8 NOT NULL);
CREATE INDEX ticket_xid ON tviews_reference.ticket USING hash (xid) WITH (fillfactor = 10);

-- Which value locks a flush held. Locks vanish at commit, but a REPEATABLE READ transaction must still learn that
-- somebody whose commit it cannot see held a lock that conflicts with its own (part 3).
CREATE TABLE tviews_reference.lock_trace (
    xid         xid8 NOT NULL,
    class       integer NOT NULL,
    object      integer NOT NULL,
    exclusive   boolean NOT NULL,
    PRIMARY KEY (xid, class, object, exclusive)
);
CREATE SEQUENCE tviews_reference.flushes;       -- every fiftieth one forgets old traces

-- What a walk finds: a row to lock (the number of its relation, a number for its key) and, where that is a row of the
-- TVIEW, its refresh key as text. Without the second number it is the relation itself, exclusive: all its rows.
CREATE TYPE tviews_reference.reached AS (relation integer, number integer, exclusive boolean, key text);

-- A value lock: an advisory lock on (class, object), with its place in the one global order. (A TVIEW is made after what
-- it reads, so most come in the order in which a cascade reaches them.)
CREATE TYPE tviews_reference.value_lock AS (place integer[], class integer, object integer, exclusive boolean);

-- The number of a relation.
CREATE FUNCTION tviews_reference.number_of(wanted regclass) RETURNS integer
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT number FROM tviews_reference.relation WHERE relation = wanted
$$;
