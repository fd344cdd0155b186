SELECT row_trigger.drop_tview({name:literal})
