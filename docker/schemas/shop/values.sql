-- What the constraints want and nobody could guess.
SELECT 'P-' || i AS "product.sku" FROM generate_series(1, 40) i;
SELECT 'c' || i || '@shop.example' AS "customer.email" FROM generate_series(1, 99) i;
SELECT code AS "country.code" FROM (VALUES ('DE'), ('FR'), ('CH'), ('AT')) c(code);
SELECT i AS "review.stars" FROM generate_series(1, 5) i;
SELECT i AS "product.vat", i AS "voucher.off", i AS "country.vat" FROM unnest(ARRAY[0, 7, 8.1, 19, 19.01, 20]) i;
