SELECT name FROM queue_worker.tview
