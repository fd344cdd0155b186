SELECT h.id AS pk_shipment, h.weight, l.pieces, l.price, w.name AS warehouse, s.pieces AS left_there
FROM shipment h
JOIN order_line l ON l.order_id = h.order_id AND l.line = h.line
JOIN stock s ON s.warehouse_id = h.warehouse_id AND s.sku = h.sku
JOIN warehouse w ON w.id = s.warehouse_id
