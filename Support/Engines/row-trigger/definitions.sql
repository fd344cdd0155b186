SELECT name, query FROM row_trigger.tview
