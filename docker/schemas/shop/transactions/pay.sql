-- weight: 1
\set amount random(1, 20)
BEGIN;
INSERT INTO payment (order_id, amount) VALUES (:order_id, :amount);
UPDATE orders SET state = 'paid' WHERE id = :order_id AND state = 'ordered';
COMMIT;
