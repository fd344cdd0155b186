SELECT t.tid AS pk_teller, t.tbalance, b.bid, b.bbalance, count(h.delta) AS transactions, sum(h.delta) AS moved
FROM pgbench_tellers t JOIN pgbench_branches b ON b.bid = t.bid LEFT JOIN pgbench_history h ON h.tid = t.tid
GROUP BY t.tid, t.tbalance, b.bid, b.bbalance
