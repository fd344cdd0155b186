SELECT name FROM row_trigger.tview
