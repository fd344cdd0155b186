SELECT o.id AS pk_order_address, a.street, a.city, k.name AS country, k.vat
FROM orders o LEFT JOIN address a ON a.id = o.address_id LEFT JOIN country k ON k.code = a.country
