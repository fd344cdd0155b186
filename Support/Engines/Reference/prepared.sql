SELECT gid, tview, refresh_key FROM pg_tview_queue_persistence
