SELECT v.code AS pk_voucher, v.off, v.valid, o.id IS NOT NULL AS is_used, max(o.placed_on) AS last_on, count(o.id) AS orders
FROM voucher v LEFT JOIN orders o ON o.voucher = v.code GROUP BY v.code, v.off, v.valid, o.id IS NOT NULL
