SELECT name, query FROM queue_worker.tview
