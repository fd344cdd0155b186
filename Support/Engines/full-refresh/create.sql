SELECT full_refresh.create_tview({name:literal}, {query:literal})
