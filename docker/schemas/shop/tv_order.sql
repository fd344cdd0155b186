-- An order with its customer and its lines, as the web shop shows it.
SELECT o.id AS pk_order, o.state, o.placed_on, o.customer_id, sum(l.total) AS total,
    jsonb_build_object('customer', jsonb_build_object('name', c.name, 'email', c.email), 'note', o.note, 'lines',
        jsonb_agg(jsonb_build_object('line', l.line, 'sku', l.sku, 'pieces', l.pieces, 'total', l.total)
            ORDER BY l.line)) AS data
FROM orders o
JOIN customer c ON c.id = o.customer_id
LEFT JOIN order_line l ON l.order_id = o.id
GROUP BY o.id, o.state, o.placed_on, o.customer_id, o.note, c.name, c.email
