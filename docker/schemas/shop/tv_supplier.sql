SELECT s.id AS pk_supplier, s.name, s.since, count(p.sku) AS products, max(p.net) AS dearest
FROM supplier s LEFT JOIN product p ON p.supplier_id = s.id AND p.deleted_at IS NULL
GROUP BY s.id, s.name, s.since
