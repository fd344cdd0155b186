-- The stock of each product over all warehouses, with what is sold and not yet sent.
SELECT p.sku AS pk_stock, p.name, p.gross,
    (SELECT sum(s.pieces) FROM stock s WHERE s.sku = p.sku) AS pieces,
    (SELECT sum(l.pieces) FROM order_line l JOIN orders o ON o.id = l.order_id
        WHERE l.sku = p.sku AND o.state IN ('ordered', 'paid')) AS owed
FROM product p WHERE p.deleted_at IS NULL
