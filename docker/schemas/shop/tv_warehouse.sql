SELECT w.id AS pk_warehouse, w.name, count(s.sku) AS products, coalesce(sum(s.pieces), 0) AS pieces
FROM warehouse w LEFT JOIN stock s ON s.warehouse_id = w.id GROUP BY w.id, w.name
