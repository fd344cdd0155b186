SELECT name, query FROM full_refresh.tview
