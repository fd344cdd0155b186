-- The reference engine, part 4: the flush, once a transaction, at COMMIT or at PREPARE TRANSACTION.

-- Follows every queued image to the rows to lock and the keys to refresh, with a fresh snapshot.
CREATE FUNCTION tviews_reference.reach(me xid8) RETURNS tviews_reference.reached[]
LANGUAGE plpgsql AS $$
DECLARE
    reached tviews_reference.reached[];
    q record;
BEGIN
    FOR q IN
        SELECT tview, source, bool_or(images IS NULL) AS everything, array_agg(i) AS images
        FROM tviews_reference.queue LEFT JOIN LATERAL unnest(images) i ON true WHERE xid = me GROUP BY tview, source
    LOOP
        PERFORM tviews_reference.lock_what_is_read(q.tview);
        -- Whoever owes a TVIEW anything shares it: so nobody refreshes it as a whole meanwhile.
        reached := reached || (q.tview, NULL, q.everything, NULL)::tviews_reference.reached
            || CASE WHEN NOT q.everything THEN tviews_reference.walk(q.tview, q.source, q.images) END;
    END LOOP;
    RETURN reached;
END $$;

-- Deferred trigger of the queue. The flush comes after all other deferred work: a deferred foreign key's check waits for
-- base rows, and must not do so while this transaction holds value locks, for the other one may have changed that row
-- and wait for them. So the first queued row only makes the flush due, at the end of the line.
CREATE FUNCTION tviews_reference.make_due() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM tviews_reference.ticket WHERE xid = pg_current_xact_id()) THEN
        INSERT INTO tviews_reference.ticket SELECT pg_current_xact_id()
        WHERE EXISTS (SELECT FROM tviews_reference.queue WHERE xid = pg_current_xact_id());
    END IF;
    RETURN NEW;
END $$;

-- (Generic plans: a new session makes each once. Cheap random reads: what was just written is in memory. No scans of
-- whole tables, even small ones: at SERIALIZABLE they would meet what every other session queues. No JIT: it would
-- compile these small queries for longer than they run.)
CREATE FUNCTION tviews_reference.flush() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET random_page_cost = 1 SET enable_seqscan = off SET jit = off AS $$
DECLARE
    me constant xid8 := pg_current_xact_id();
    seen text;                                      -- who had committed before a look
    reached tviews_reference.reached[];
    wanted tviews_reference.value_lock[];           -- null: no restart so far
    held tviews_reference.value_lock[];             -- null: this is the first look
    missing tviews_reference.value_lock[];
    attempts integer := 0;
    t record;
    keys text[];                                    -- null: all rows
    commands integer;                               -- that have written since the ticket was made, with this one
BEGIN
    -- A user's deferred trigger may have written meanwhile, and that may have queued another one. Deferred triggers fire
    -- in rounds; a round in which nobody writes is the last one.
    UPDATE tviews_reference.ticket due SET xid = due.xid FROM tviews_reference.ticket made WHERE due.xid = me AND made.xid = me
    RETURNING due.cmin::text::integer - made.cmin::text::integer INTO commands;
    IF commands > 1 THEN
        DELETE FROM tviews_reference.ticket WHERE xid = me;
        INSERT INTO tviews_reference.ticket VALUES (me);
        RETURN NULL;
    END IF;
    LOOP
        BEGIN   -- a subtransaction: leaving it by an error gives its locks back
            LOOP
                -- Lock until nothing more is reached: others may have committed while this one waited.
                LOOP
                    seen := pg_current_snapshot()::text;
                    reached := tviews_reference.reach(me);
                    missing := tviews_reference.locks_of(reached);
                    IF held IS NOT NULL OR wanted IS NOT NULL THEN
                        missing := tviews_reference.missing_of(missing || wanted, held);
                        EXIT WHEN cardinality(missing) = 0;
                        IF (SELECT min(place) FROM unnest(missing)) <= (SELECT max(place) FROM unnest(held)) THEN
                            wanted := held || missing;
                            RAISE SQLSTATE 'TVAGN' USING MESSAGE = 'the affected set grew';
                        END IF;
                    END IF;
                    PERFORM tviews_reference.take(missing);
                    held := held || missing;
                    EXIT WHEN seen = pg_current_snapshot()::text;   -- nobody has: another look would see the same
                END LOOP;
                -- The lowest level that owes something; its writes queue what the next level owes.
                FOR t IN
                    SELECT v.number AS relation, array_agg(DISTINCT r.key) FILTER (WHERE r.key IS NOT NULL) AS keys,
                           bool_or(r.number IS NULL AND r.exclusive) AS everything
                    FROM unnest(reached) r JOIN tviews_reference.tview v ON v.number = r.relation
                    GROUP BY v.relation HAVING bool_or(r.number IS NULL) ORDER BY v.level FETCH FIRST ROW WITH TIES
                LOOP
                    DELETE FROM tviews_reference.queue WHERE xid = me AND tview = t.relation;
                    keys := coalesce(t.keys, '{}');
                    IF t.everything OR cardinality(keys) > 1000 AND cardinality(keys) > tviews_reference.bulk(t.relation) THEN
                        keys := NULL;
                    END IF;
                    PERFORM tviews_reference.refresh(t.relation, keys);
                END LOOP;
                EXIT WHEN NOT EXISTS (SELECT FROM tviews_reference.queue WHERE xid = me);
                IF NOT FOUND THEN
                    IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
                        RAISE EXCEPTION 'a TVIEW was created that this transaction''s snapshot does not show'
                            USING ERRCODE = '40001', HINT = 'Try the transaction again.';
                    END IF;
                    RAISE EXCEPTION 'the refresh queue holds keys of a TVIEW that is not there' USING ERRCODE = '55000';
                END IF;
            END LOOP;
            EXIT;
        EXCEPTION
            WHEN SQLSTATE 'TVAGN' THEN  -- start again, with the larger set in the right order
                held := NULL;
            WHEN undefined_table THEN   -- a TVIEW was dropped while this waited: the functions that know it are new now
                attempts := attempts + 1;
                IF attempts = 100 THEN
                    RAISE;
                END IF;
                held := NULL;
        END;
    END LOOP;
    DELETE FROM tviews_reference.ticket WHERE xid = me;
    IF nextval('tviews_reference.flushes') % 50 = 0 AND current_setting('transaction_isolation') = 'read committed' THEN
        PERFORM tviews_reference.forget_traces();
    END IF;
    RETURN NEW;
END $$;

CREATE CONSTRAINT TRIGGER due AFTER INSERT ON tviews_reference.queue
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tviews_reference.make_due();
CREATE CONSTRAINT TRIGGER flush AFTER INSERT ON tviews_reference.ticket
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tviews_reference.flush();
