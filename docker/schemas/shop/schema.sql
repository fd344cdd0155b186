-- A shop of fifteen tables, with what schemas collect over the years. Small on purpose: where rows are few, sessions meet.

CREATE TYPE order_state AS ENUM ('basket', 'ordered', 'paid', 'sent', 'returned');
CREATE TYPE kind_of_address AS ENUM ('home', 'work');
CREATE DOMAIN percent AS numeric(5,2) CHECK (VALUE BETWEEN 0 AND 100);

CREATE TABLE country (code char(2) PRIMARY KEY, name text NOT NULL, vat percent NOT NULL DEFAULT 19);
CREATE TABLE customer (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL UNIQUE CHECK (email LIKE '%@%'),
    name varchar(40) NOT NULL,
    settings jsonb NOT NULL DEFAULT '{}',
    tags text[] NOT NULL DEFAULT '{}',
    deleted_at timestamptz);
CREATE TABLE address (
    id serial PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customer ON DELETE CASCADE,
    kind kind_of_address NOT NULL DEFAULT 'home',
    street text NOT NULL, city text,
    country char(2) NOT NULL REFERENCES country ON UPDATE CASCADE,
    UNIQUE (customer_id, kind));
CREATE TABLE category (id int PRIMARY KEY, parent_id int REFERENCES category, name text NOT NULL CHECK (name <> ''));
CREATE TABLE supplier (id serial PRIMARY KEY, name text NOT NULL, rating real, since date);
CREATE TABLE product (
    sku text PRIMARY KEY CHECK (sku ~ '^[A-Z]+-[0-9]+$'),
    category_id int NOT NULL REFERENCES category,
    supplier_id int REFERENCES supplier ON DELETE SET NULL,
    name text NOT NULL,
    net numeric(10,2) NOT NULL CHECK (net >= 0),
    vat percent NOT NULL DEFAULT 19,
    gross numeric GENERATED ALWAYS AS (round(net * (100 + vat::numeric) / 100, 2)) STORED,
    sold_during daterange,
    deleted_at timestamptz);
CREATE TABLE warehouse (id smallint PRIMARY KEY, name text NOT NULL, country char(2) REFERENCES country ON UPDATE CASCADE);
CREATE TABLE stock (
    warehouse_id smallint REFERENCES warehouse, sku text REFERENCES product ON UPDATE CASCADE ON DELETE CASCADE,
    pieces int NOT NULL DEFAULT 0 CHECK (pieces >= 0),
    PRIMARY KEY (warehouse_id, sku));
CREATE TABLE voucher (code text PRIMARY KEY, off percent NOT NULL, valid daterange NOT NULL DEFAULT '[2026-01-01,2027-01-01)');
CREATE TABLE orders (
    id bigserial PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customer,
    address_id int REFERENCES address ON DELETE SET NULL,
    voucher text REFERENCES voucher ON UPDATE CASCADE ON DELETE SET NULL,
    state order_state NOT NULL DEFAULT 'basket',
    placed_on date NOT NULL DEFAULT '2026-06-01',
    note text);
CREATE TABLE order_line (
    order_id bigint REFERENCES orders ON DELETE CASCADE, line int CHECK (line > 0),
    sku text NOT NULL REFERENCES product ON UPDATE CASCADE,
    pieces int NOT NULL DEFAULT 1 CHECK (pieces BETWEEN 1 AND 100000),
    price numeric(10,2) NOT NULL,
    total numeric GENERATED ALWAYS AS (pieces * price) STORED,
    PRIMARY KEY (order_id, line));
CREATE TABLE payment (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    order_id bigint NOT NULL REFERENCES orders DEFERRABLE INITIALLY DEFERRED,
    amount numeric(12,2) NOT NULL, received_at timestamptz NOT NULL DEFAULT '2026-06-02 12:00+00');
CREATE TABLE shipment (
    id serial PRIMARY KEY, order_id bigint NOT NULL, line int NOT NULL,
    warehouse_id smallint NOT NULL, sku text NOT NULL, weight double precision,
    FOREIGN KEY (order_id, line) REFERENCES order_line ON DELETE CASCADE,
    FOREIGN KEY (warehouse_id, sku) REFERENCES stock ON UPDATE CASCADE ON DELETE CASCADE);
CREATE TABLE review (
    sku text REFERENCES product ON UPDATE CASCADE ON DELETE CASCADE, customer_id bigint REFERENCES customer ON DELETE CASCADE,
    stars smallint NOT NULL CHECK (stars BETWEEN 1 AND 5), words text, PRIMARY KEY (sku, customer_id));
CREATE TABLE audit (at timestamptz NOT NULL DEFAULT clock_timestamp(), who text DEFAULT current_user, what text, sku text);

CREATE INDEX ON order_line (sku);
CREATE INDEX ON orders (customer_id);
CREATE INDEX ON product (category_id) WHERE deleted_at IS NULL;

-- Somebody wrote these in 2019.
CREATE FUNCTION audit_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit (what, sku) VALUES (lower(TG_OP), coalesce(NEW.sku, OLD.sku));
    RETURN NULL;
END $$;
CREATE TRIGGER audit_stock AFTER INSERT OR UPDATE OR DELETE ON stock FOR EACH ROW EXECUTE FUNCTION audit_stock();
CREATE FUNCTION trim_email() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.email := lower(trim(NEW.email));
    RETURN NEW;
END $$;
CREATE TRIGGER trim_email BEFORE INSERT OR UPDATE ON customer FOR EACH ROW EXECUTE FUNCTION trim_email();

INSERT INTO country VALUES ('DE', 'Germany', 19), ('FR', 'France', 20), ('CH', 'Switzerland', 8.1);
INSERT INTO customer (email, name, tags, deleted_at) SELECT 'c' || i || '@shop.example', 'Customer ' || i,
    ARRAY['t' || i % 3], CASE WHEN i = 6 THEN timestamptz '2026-02-01 00:00+00' END FROM generate_series(1, 6) i;
INSERT INTO address (customer_id, street, city, country) SELECT i, 'Street ' || i, 'City ' || i % 2,
    (ARRAY['DE', 'FR', 'CH'])[i % 3 + 1] FROM generate_series(1, 6) i;
INSERT INTO category VALUES (1, NULL, 'all'), (2, 1, 'tools'), (3, 2, 'saws'), (4, 1, 'books');
INSERT INTO supplier (name, rating, since) VALUES ('Acme', 4.5, '2020-01-01'), ('Umbrella', NULL, NULL);
INSERT INTO product (sku, category_id, supplier_id, name, net, sold_during) SELECT 'P-' || i, i % 4 + 1, i % 2 + 1,
    'Product ' || i, i * 1.10, daterange('2026-01-01', CASE WHEN i % 2 = 0 THEN date '2026-12-01' END)
    FROM generate_series(1, 8) i;
INSERT INTO warehouse VALUES (1, 'north', 'DE'), (2, 'south', 'CH');
INSERT INTO stock SELECT w, 'P-' || i, i * 10 FROM generate_series(1, 2) w, generate_series(1, 8) i;
INSERT INTO voucher VALUES ('TEN', 10), ('HALF', 50);
INSERT INTO orders (customer_id, address_id, voucher, state) SELECT i % 6 + 1, i % 6 + 1,
    CASE WHEN i % 3 = 0 THEN 'TEN' END, (enum_range(NULL::order_state))[i % 5 + 1] FROM generate_series(1, 10) i;
INSERT INTO order_line (order_id, line, sku, pieces, price) SELECT o, l, 'P-' || (o + l) % 8 + 1, l, o + l * 0.5
    FROM generate_series(1, 10) o, generate_series(1, 2) l;
INSERT INTO payment (order_id, amount) SELECT i, i * 3 FROM generate_series(1, 5) i;
INSERT INTO shipment (order_id, line, warehouse_id, sku, weight) SELECT order_id, line, line, sku, order_id / 3.0
    FROM order_line WHERE order_id <= 4;
INSERT INTO review SELECT 'P-' || i, i % 6 + 1, i % 5 + 1, 'Review ' || i FROM generate_series(1, 8) i;
