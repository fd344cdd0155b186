SELECT name FROM pg_tview_meta
