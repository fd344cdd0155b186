-- The reference engine, part 5: which rows of a TVIEW does a changed source row concern?
--
-- PostgreSQL has parsed the defining query already; its rule tree (pg_rewrite.ev_action) says which relations it
-- reads and which columns it joins by equality. A join that ends at the key of a relation is a step that walks can
-- take and value locks can guard. A query that holds anything else (sub-selects, OR, window functions, a relation
-- twice …) has no walks: every change refreshes the whole TVIEW. Correct before fast.

-- The columns that identify a row: the primary key of one column, else the key column of a TVIEW.
CREATE FUNCTION tviews_reference.key_of(relation oid) RETURNS smallint
LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(
        (SELECT indkey[0] FROM pg_index WHERE indrelid = relation AND indisprimary AND indnkeyatts = 1),
        (SELECT attnum FROM tviews_reference.tview t JOIN pg_attribute a ON (attrelid, attname) = (t.relation, key_column)
         WHERE t.relation = key_of.relation))
$$;

-- The tables that a view reads, also through plain views. (Not from pg_depend: that leaves the system's own tables out.)
CREATE FUNCTION tviews_reference.tables_of(backing oid) RETURNS TABLE (relation oid, direct boolean)
LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE read(relation, depth) AS (
        SELECT backing, 0
        UNION
        SELECT m[1]::oid, r.depth + 1
        FROM read r
        JOIN pg_rewrite w ON w.ev_class = r.relation
        CROSS JOIN regexp_matches(w.ev_action::text, ':rtekind 0 :relid (\d+)', 'g') m
        WHERE m[1]::oid <> r.relation)
    SELECT r.relation, min(r.depth) = 1
    FROM read r JOIN pg_class c ON c.oid = r.relation
    WHERE c.relkind <> 'v' GROUP BY r.relation
$$;

-- The relations of a view's range table, in the order in which its variables number them.
CREATE FUNCTION tviews_reference.entries_of(backing oid) RETURNS TABLE (n bigint, relation oid)
LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
    SELECT n, m[1]::oid
    FROM pg_rewrite, regexp_matches(ev_action::text, ':rtekind \d+(?: :relid (\d+))?', 'g') WITH ORDINALITY e(m, n)
    WHERE ev_class = backing
$$;

-- Whether the query is no more than a conjunction of comparisons between tables. Only then does a changed row concern
-- just those rows of the TVIEW to which the joins lead; a window function or a sub-select looks at others besides.
CREATE FUNCTION tviews_reference.is_walkable(backing oid) RETURNS boolean
LANGUAGE plpgsql STABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    tree constant text := (SELECT ev_action::text FROM pg_rewrite WHERE ev_class = backing);
    joins constant text := substring(tree FROM ':jointree (.*?) :targetList ');
    operand constant text :=
        '(?:\{(?:VAR|CONST) [^{}]*\}|\{RELABELTYPE :arg \{(?:VAR|CONST) [^{}]*\}[^{}]*\})';
BEGIN
    RETURN NOT (
        (SELECT count(*) FROM regexp_matches(tree, '\{QUERY ', 'g')) > 1
        OR tree ~ ':(hasWindowFuncs|hasTargetSRFs|hasRecursive) true|:(limitOffset|limitCount|setOperations) \{'
        OR tree ~ ':(groupingSets|distinctClause) \('
        OR joins ~ ':boolop (or|not) '
        OR EXISTS (
            SELECT FROM regexp_matches(joins, '\{([A-Z]+) ', 'g') node
            WHERE node[1] NOT IN ('FROMEXPR', 'JOINEXPR', 'RANGETBLREF', 'ALIAS', 'OPEXPR', 'BOOLEXPR', 'NULLTEST',
                                  'VAR', 'CONST', 'RELABELTYPE'))
        OR (SELECT count(*) FROM regexp_matches(joins, '\{OPEXPR ', 'g'))
            <> (SELECT count(*) FROM regexp_matches(
                joins, '\{OPEXPR [^{}]*:args \(' || operand || '(?: ' || operand || ')?\)', 'g'))
        OR (SELECT count(*) FROM regexp_matches(joins, '\{NULLTEST ', 'g'))
            <> (SELECT count(*) FROM regexp_matches(joins, '\{NULLTEST :arg \{VAR ', 'g'))
        -- a plain view hides a query of its own (up to PostgreSQL 15 the view itself stands there, as OLD and NEW)
        OR EXISTS (SELECT FROM tviews_reference.entries_of(backing) e JOIN pg_class c ON c.oid = e.relation
                   WHERE c.relkind NOT IN ('r', 'p') AND c.oid <> backing));
END $$;

-- Whether equal values of a column have one text, in every session. Locks are on the text of a value and images hold it
-- as text; but 1.0 and 1.00 are one numeric, a char(8) that is cast to "character" is cut off, and a date has many texts.
CREATE FUNCTION tviews_reference.has_one_text(relation oid, col smallint) RETURNS boolean
LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
    SELECT atttypid IN ('smallint'::regtype, 'integer'::regtype, 'bigint'::regtype, 'uuid'::regtype)
        OR atttypid IN ('text'::regtype, 'varchar'::regtype)
        AND (SELECT collisdeterministic FROM pg_collation WHERE oid = attcollation)
    FROM pg_attribute WHERE (attrelid, attnum) = (relation, col)
$$;

-- A step that a walk through the defining query may take: from a row of one relation to rows of another.
-- "Up" leads to the one row that a column names, "down" to the rows that name this one.
CREATE TYPE tviews_reference.step AS (relation oid, col smallint, target oid, target_col smallint, up boolean);

CREATE FUNCTION tviews_reference.steps_of(backing oid) RETURNS SETOF tviews_reference.step
LANGUAGE plpgsql STABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    tree constant text := (SELECT ev_action::text FROM pg_rewrite WHERE ev_class = backing);
    joins constant text := substring(tree FROM ':jointree (.*?) :targetList ');
    var constant text := '\{VAR :varno (\d+) :varattno (\d+)[^{}]*\}';
BEGIN
    IF NOT tviews_reference.is_walkable(backing) THEN
        RETURN;
    END IF;
    RETURN QUERY
        WITH entry AS (
            SELECT * FROM tviews_reference.entries_of(backing)
        ), equality AS (
            SELECT a.relation AS a, m[3]::smallint AS a_col, b.relation AS b, m[5]::smallint AS b_col
            FROM regexp_matches(joins, '\{OPEXPR :opno (\d+) [^{}]*:args \(' || var || ' ' || var || '\)', 'g') m
            JOIN pg_operator o ON o.oid = m[1]::oid AND oprname = '=' AND oprcanmerge AND oprcanhash
            JOIN entry a ON a.n = m[2]::integer JOIN entry b ON b.n = m[4]::integer
        ), both_ways AS (
            SELECT * FROM equality UNION SELECT b, b_col, a, a_col FROM equality
        )
        SELECT e.a, e.a_col, e.b, e.b_col, e.b_col = tviews_reference.key_of(e.b)
        FROM both_ways e
        WHERE (e.b_col = tviews_reference.key_of(e.b) OR e.a_col = tviews_reference.key_of(e.a))
            AND tviews_reference.has_one_text(e.a, e.a_col) AND tviews_reference.has_one_text(e.b, e.b_col)
            AND (SELECT count(*) FROM entry WHERE entry.relation = e.a) = 1
            AND (SELECT count(*) FROM entry WHERE entry.relation = e.b) = 1;
END $$;

-- The column from which the TVIEW's key comes, where it is a plain column of a relation that stands once.
CREATE FUNCTION tviews_reference.root_of(backing oid, key_column name) RETURNS TABLE (relation oid, col smallint)
LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
    SELECT m[1]::oid, m[2]::smallint
    FROM pg_rewrite, pg_attribute a,
        regexp_matches(ev_action::text,
            ':resno ' || a.attnum || ' :resname \S+ :ressortgroupref \d+ :resorigtbl (\d+) :resorigcol (\d+)', 'g') m
    WHERE ev_class = backing AND (a.attrelid, a.attname) = (backing, key_column) AND m[1]::oid <> 0
        AND tviews_reference.is_walkable(backing) AND tviews_reference.has_one_text(m[1]::oid, m[2]::smallint)
        AND (SELECT count(*) FROM tviews_reference.entries_of(backing) WHERE relation = m[1]::oid) = 1
$$;

-- The walks from every source that go nowhere twice: inward to the root, where the keys are, and outward along what a
-- changed row points to (only upward: whoever comes from beyond a step down has to lock the row it starts from).
CREATE FUNCTION tviews_reference.walks_of(allowed tviews_reference.step[], root oid)
RETURNS TABLE (source oid, inward boolean, steps tviews_reference.step[])
LANGUAGE sql IMMUTABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE walk(visited, steps, upward) AS (
        SELECT ARRAY[s.relation], '{}'::tviews_reference.step[], true
        FROM (SELECT relation FROM unnest(allowed) UNION SELECT root) s
        UNION ALL
        SELECT w.visited || s.target, w.steps || s, w.upward AND s.up
        FROM walk w
        JOIN unnest(allowed) s ON s.relation = w.visited[cardinality(w.visited)] AND s.target <> ALL(w.visited)
        WHERE s.relation <> root OR cardinality(w.visited) = 1)
    SELECT w.visited[1], w.visited[cardinality(w.visited)] = root, w.steps
    FROM walk w
    WHERE w.visited[cardinality(w.visited)] = root
        OR w.upward AND root <> ALL(w.visited[2:]) AND cardinality(w.steps) > 0
$$;

-- A column of the n-th row of a walk; the first one is an image, which holds these columns after whether it moved.
CREATE FUNCTION tviews_reference.column_at(n integer, relation oid, col smallint, columns name[]) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE n WHEN 0 THEN format('(a0.image->>%s)::%s', array_position(columns, attname), format_type(atttypid, NULL))
                  ELSE format('a%s.%I', n, attname) END
    FROM pg_attribute WHERE (attrelid, attnum) = (relation, col)
$$;

-- A row that a walk finds, as SQL: the row of a relation that has this value in its key (or in a column that names it).
CREATE FUNCTION tviews_reference.found_sql(
    relation oid, value text, type oid, exclusive boolean, is_key boolean, due text DEFAULT 'true') RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT format('(%s, %s, %s, %s, %s)', tviews_reference.number_of(relation), tviews_reference.number_sql(value, type), exclusive::text,
        CASE WHEN is_key THEN format('%s::text', value) ELSE 'NULL' END, due)
$$;

-- One walk as SQL: the tables that it reads, and the rows that it finds. Outer joins, because a lock is due on a value
-- even where no row has it yet; and no join with a row of which nothing is asked but its key.
CREATE FUNCTION tviews_reference.walk_sql(tview oid, source oid, root_col smallint, inward boolean,
    steps tviews_reference.step[], allowed tviews_reference.step[], columns name[], OUT tables text, OUT finds text[])
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    step record;
    n integer := 0;             -- rows of the step's relation are aliased a<n>, but a0 is the image
    here text;
    type oid;
    joined text := '';
    at_key boolean := false;    -- the walk ends at the value of a column that names the root's key
BEGIN
    tables := 'unnest(images) a0(image)';
    -- The changed row itself, where others may point to it. (Who else changes it waits for the row.)
    IF inward AND EXISTS (SELECT FROM unnest(allowed) s WHERE s.target = source AND s.up) THEN
        SELECT atttypid INTO type FROM pg_attribute WHERE (attrelid, attnum) = (source, tviews_reference.key_of(source));
        finds := finds || tviews_reference.found_sql(source,
            tviews_reference.column_at(0, source, tviews_reference.key_of(source), columns), type, true, false);
    END IF;
    FOR step IN
        SELECT s.*, a.atttypid AS type, t.attname AS target_name
        FROM unnest(steps) WITH ORDINALITY s(relation, col, target, target_col, up, number)
        JOIN pg_attribute a ON (a.attrelid, a.attnum) = (s.relation, s.col)
        JOIN pg_attribute t ON (t.attrelid, t.attnum) = (s.target, s.target_col)
        ORDER BY s.number
    LOOP
        tables := tables || joined;
        here := tviews_reference.column_at(n, step.relation, step.col, columns);
        at_key := inward AND step.up AND step.number = cardinality(steps) AND step.target_col = root_col;
        IF NOT step.up THEN
            finds := finds || tviews_reference.found_sql(step.relation, here, step.type, true, false);
        ELSIF NOT at_key THEN
            -- Outward from a row that has not moved, whoever changes what it points to finds it, and locks its keys.
            finds := finds || tviews_reference.found_sql(step.target, here, step.type, false, false,
                CASE WHEN inward THEN 'true' ELSE '(a0.image->0)::boolean' END);
        END IF;
        n := n + 1;
        joined := format(' LEFT JOIN %s a%s ON a%2$s.%I = %s', step.target::regclass, n, step.target_name, here);
        source := step.target;
        type := step.type;
    END LOOP;
    IF inward THEN
        -- A step up to the root ends at its key: the row need not be there (any more) to be owed a refresh.
        IF NOT at_key THEN
            tables := tables || joined;
            here := tviews_reference.column_at(n, source, root_col, columns);
            SELECT atttypid INTO type FROM pg_attribute WHERE (attrelid, attnum) = (source, root_col);
        END IF;
        finds := finds || tviews_reference.found_sql(tview, here, type, true, true);
    END IF;
END $$;

-- What a TVIEW reads; where walks lead from there, with the columns of a row by which they begin, and as SQL.
CREATE FUNCTION tviews_reference.sources_of(tview oid, backing oid, key_column name)
RETURNS TABLE (relation regclass, columns smallint[], names name[], walks text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $make$
    WITH step AS MATERIALIZED (SELECT ARRAY(SELECT tviews_reference.steps_of(backing)) AS allowed),
    root AS MATERIALIZED (SELECT * FROM tviews_reference.root_of(backing, key_column)),
    walk AS MATERIALIZED (SELECT w.*, r.col AS root_col FROM step, root r, tviews_reference.walks_of(allowed, r.relation) w)
    SELECT t.relation, i.columns, i.names, (
        SELECT string_agg(format($sql$
        SELECT (f.relation, f.number, f.exclusive, f.key)::tviews_reference.reached
        FROM %s
        CROSS JOIN LATERAL (VALUES
            %s) f(relation, number, exclusive, key, due)
        WHERE f.due AND f.number IS NOT NULL$sql$, tables, finds), '
        UNION ALL')
        FROM (
            SELECT s.tables, string_agg(DISTINCT f, ', 
            ') AS finds
            FROM step, walk w,
                tviews_reference.walk_sql(tview, w.source, root_col, w.inward, w.steps, allowed, i.names) s, unnest(s.finds) f
            WHERE w.source = t.relation AND i.columns IS NOT NULL
            GROUP BY s.tables) s)
    FROM tviews_reference.tables_of(backing) t
    CROSS JOIN LATERAL (
        SELECT array_agg(a.attnum ORDER BY a.attnum) AS columns, array_agg(a.attname ORDER BY a.attnum) AS names
        FROM pg_attribute a
        WHERE a.attrelid = t.relation AND EXISTS (SELECT FROM walk w WHERE w.source = t.relation AND w.inward)
            AND a.attnum IN (
                SELECT s.col FROM step, unnest(allowed) s WHERE s.relation = t.relation
                UNION SELECT r.col FROM root r WHERE r.relation = t.relation)) i
$make$;
