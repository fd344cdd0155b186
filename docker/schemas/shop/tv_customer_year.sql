-- What a customer has bought in a year: over the TVIEW of orders.
SELECT t.customer_id || '/' || extract(year FROM t.placed_on) AS pk_customer_year, count(*) AS orders,
    sum(t.total) AS total, max(t.placed_on) AS last_on
FROM tv_order t WHERE t.state <> 'basket' GROUP BY t.customer_id || '/' || extract(year FROM t.placed_on)
