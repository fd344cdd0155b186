SELECT name FROM queue_worker_sound.tview
