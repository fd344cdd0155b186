-- A product in its category, with the stars that it was given.
SELECT p.sku AS pk_product, p.name, p.net, p.gross, p.sold_during, t.path, s.name AS supplier, s.rating,
    avg(r.stars) AS stars, count(r.stars) AS reviews
FROM product p
JOIN tv_category t ON t.pk_category = p.category_id
LEFT JOIN supplier s ON s.id = p.supplier_id
LEFT JOIN review r ON r.sku = p.sku
GROUP BY p.sku, p.name, p.net, p.gross, p.sold_during, t.path, s.name, s.rating
