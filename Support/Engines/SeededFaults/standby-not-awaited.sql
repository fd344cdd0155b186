-- Broken:    a flush sets synchronous_commit to local, and with it the user's own commit waits for no standby.
-- Seen:      engines that set it for the sake of their own writes, and tried it on one server.
-- Caught by: A standby takes over › the primary is killed under write load
-- Contract:  durable
SELECT pg_temp.replace_in('tviews_reference.make_due', 'RETURN NEW;',
    'PERFORM set_config(''synchronous_commit'', ''local'', true); RETURN NEW;');
