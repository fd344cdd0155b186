SELECT name, query FROM queue_worker_sound.tview
