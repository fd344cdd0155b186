SELECT queue_worker_sound.create_tview({name:literal}, {query:literal}, {key:literal})
