SELECT pg_tviews_create({name:literal}, {query:literal})
