CALL queue_worker.refresh()
