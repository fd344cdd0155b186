-- Broken:    locks on a TVIEW that reads another TVIEW leave no trace, so nobody with an older snapshot learns of them.
-- Seen:      conflict checks that are made where a transaction begins to write, and not at each level of its cascade.
-- Caught by: A snapshot that is older than another's commit › the other one's rename comes through two TVIEWs
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.take', 'WHERE taken IS NOT NULL',
    'WHERE CASE WHEN taken IS NOT NULL THEN CASE class WHEN 0 THEN object ELSE class END END NOT IN
        (SELECT number FROM tviews_reference.tview WHERE level > 1)');
