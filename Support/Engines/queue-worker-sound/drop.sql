SELECT queue_worker_sound.drop_tview({name:literal})
