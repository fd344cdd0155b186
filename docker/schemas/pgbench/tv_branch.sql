SELECT b.bid AS pk_branch, b.bbalance,
    (SELECT sum(a.abalance) FROM pgbench_accounts a WHERE a.bid = b.bid) AS of_accounts,
    (SELECT count(*) FROM pgbench_accounts a WHERE a.bid = b.bid) AS accounts,
    (SELECT sum(t.tbalance) FROM pgbench_tellers t WHERE t.bid = b.bid) AS of_tellers
FROM pgbench_branches b
