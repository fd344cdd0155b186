SELECT pg_tviews_drop({name:literal})
