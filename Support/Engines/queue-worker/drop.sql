SELECT queue_worker.drop_tview({name:literal})
