-- Orders that are not paid in full.
SELECT o.id AS pk_open, o.total, coalesce(sum(p.amount), 0) AS paid
FROM (SELECT pk_order AS id, coalesce(total, 0) AS total FROM tv_order) o LEFT JOIN payment p ON p.order_id = o.id
GROUP BY o.id, o.total HAVING coalesce(sum(p.amount), 0) < o.total
