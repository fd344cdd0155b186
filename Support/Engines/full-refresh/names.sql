SELECT name FROM full_refresh.tview
