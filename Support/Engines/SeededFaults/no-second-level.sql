-- Broken:    a TVIEW that is read by another one has no triggers: the cascade ends after its first level.
-- Seen:      engines that look for sources among base tables only.
-- Caught by: Cascades under load › three levels of TVIEWs
-- Contract:  exact
SELECT pg_temp.replace_in('tviews_reference.create_triggers', 'BEGIN',
    'BEGIN IF source IN (SELECT relation FROM tviews_reference.tview) THEN RETURN; END IF;');
