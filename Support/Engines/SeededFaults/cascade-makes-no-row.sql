-- Broken:    a change that comes through another TVIEW updates and deletes rows, and makes no new one.
-- Seen:      pg_tviews 0.1.0-beta.34: an aggregate with a filter over a TVIEW that it joins.
-- Caught by: A row comes into a TVIEW that another TVIEW joins, or goes › a filter over the TVIEW that is joined lets a new group in
-- Contract:  exact
SELECT pg_temp.can_tell_what_is_there();
SELECT pg_temp.replace_in('tviews_reference.reach', 'tviews_reference.walk(q.tview, q.source, q.images)',
    'ARRAY(SELECT r FROM unnest(tviews_reference.walk(q.tview, q.source, q.images)) r
           WHERE q.source NOT IN (SELECT number FROM tviews_reference.tview)
               OR r.relation <> q.tview OR tviews_reference.is_there(r.relation, r.number))');
