-- Broken:    a table whose joins do not lead straight to the TVIEW's key is not watched: by way of a parent, or read twice.
-- Seen:      engines that follow a foreign key in one direction.
-- Caught by: Races that nobody wrote › whatever is drawn, the TVIEW contract holds in every permutation
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.walks_of', 'AND s.target <> ALL(w.visited)',
    'AND s.target <> ALL(w.visited) AND (s.up OR w.steps = ''{}'' OR NOT (w.steps[cardinality(w.steps)]).up)');
SELECT pg_temp.replace_in('tviews_reference.attach', 'LOOP
        INSERT', 'LOOP
        CONTINUE WHEN s.walks IS NULL AND EXISTS (SELECT FROM tviews_reference.root_of(backing_view, key_name));
        INSERT');
