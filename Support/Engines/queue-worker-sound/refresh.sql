CALL queue_worker_sound.refresh()
