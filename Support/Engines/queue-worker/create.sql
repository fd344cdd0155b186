SELECT queue_worker.create_tview({name:literal}, {query:literal}, {key:literal})
