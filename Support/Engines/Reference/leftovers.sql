SELECT format('queued key: %s owes a refresh of %s', q.xid, coalesce(t.relation::text, 'TVIEW ' || q.tview))
FROM tviews_reference.queue q LEFT JOIN tviews_reference.tview t ON t.number = q.tview
UNION ALL SELECT format('unused ticket of transaction %s', xid) FROM tviews_reference.ticket
