-- Broken:    a flush turns synchronous_commit off, and with it the wait for the user's own commit.
-- Seen:      engines that set it for the sake of their own writes, which "can be computed again".
-- Caught by: The server is killed › every process of the server is killed three times under write load
-- Contract:  durable
SELECT pg_temp.replace_in('tviews_reference.make_due', 'RETURN NEW;',
    'PERFORM set_config(''synchronous_commit'', ''off'', true); RETURN NEW;');
