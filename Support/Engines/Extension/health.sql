SELECT format('%s %s: %s', status, component, message) FROM tviews.pg_tviews_health_check()
WHERE upper(status) NOT IN ('OK', 'HEALTHY', 'INFO')
