SELECT pg_tviews_version()
