-- Broken:    a row on the way to the key is not locked where its own key is a column of the same number.
-- Seen:      this engine up to 2026-11-27: a change that led nowhere yet was missed by who made it lead to a row.
-- Caught by: A change several joins away › an author comes to a company, while a title of hers is prepared
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.walk_sql', 'step.number = cardinality(steps) AND ', '');
