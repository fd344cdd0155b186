SELECT format('owed refresh: transaction %s of %s', xid, tview) FROM full_refresh.owed
UNION ALL
SELECT format('orphaned trigger %s on %s', tgname, tgrelid::regclass) FROM pg_trigger
WHERE starts_with(tgname, 'full_refresh_') AND substr(tgname, 14) NOT IN (SELECT name FROM full_refresh.tview)
UNION ALL
SELECT format('catalogue row of a dropped TVIEW (%s)', name) FROM full_refresh.tview WHERE to_regclass(name) IS NULL
