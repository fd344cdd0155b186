SELECT format('queued change %s of %s, of %s', number, source, tview) FROM queue_worker_sound.change
UNION ALL
SELECT format('orphaned trigger %s on %s', tgname, tgrelid::regclass) FROM pg_trigger
WHERE starts_with(tgname, 'queue_worker_sound_') AND NOT EXISTS (
    SELECT FROM queue_worker_sound.tview
    WHERE tgname IN ('queue_worker_sound_' || name, 'queue_worker_sound_all_' || name))
UNION ALL
SELECT format('catalogue row of a dropped TVIEW (%s)', name) FROM queue_worker_sound.tview WHERE to_regclass(name) IS NULL
