SELECT full_refresh.drop_tview({name:literal})
