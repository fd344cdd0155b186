-- weight: 3
\set pieces random(1, 3)
BEGIN;
UPDATE stock SET pieces = pieces - :pieces WHERE sku = :sku AND warehouse_id = :warehouse_id;
UPDATE order_line SET pieces = pieces + :pieces WHERE order_id = :order_id AND sku = :sku;
UPDATE orders SET state = 'ordered' WHERE id = :order_id;
COMMIT;
