-- Broken:    a flush locks what it changed first, and then what it reads, instead of all in one global order.
-- Seen:      pg_tviews names it as remaining: two transactions insert a post for their own user and rename the other's.
-- Caught by: Each inserts a post of its own user and renames the other's › both held back by a prepared transaction until both wait
-- Contract:  live
SELECT pg_temp.replace_in('tviews_reference.take', 'ORDER BY place', 'ORDER BY exclusive DESC, place');
