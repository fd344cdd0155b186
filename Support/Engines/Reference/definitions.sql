SELECT name, query FROM pg_tview_meta
