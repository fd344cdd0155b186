SELECT 'pg_ivm ' || extversion FROM pg_extension WHERE extname = 'pg_ivm'
