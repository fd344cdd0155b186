SELECT row_trigger.create_tview({name:literal}, {query:literal}, {key:literal})
