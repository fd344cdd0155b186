-- Broken:    two sessions that create the same TVIEW do not take turns: one finds the other's row in a system catalogue.
-- Seen:      CREATE TABLE IF NOT EXISTS by several sessions: 23505 on pg_type_typname_nsp_index.
-- Caught by: Two sessions create the same TVIEW › in every permutation of their steps
-- Contract:  clean DDL
SELECT pg_temp.replace_in('pg_tviews_create', 'PERFORM pg_advisory_xact_lock(0, 0);', '');
