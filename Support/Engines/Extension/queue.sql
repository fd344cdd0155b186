SELECT (pg_tviews_queue_stats()->>'queue_size')::bigint
