/**
 * The tables and the one function of `peer`: what a careful engineer writes in an afternoon. A guard in the update keeps stock from being
 * sold twice, lines are taken in order of SKU against deadlocks, and a unique key makes a repeat harmless.
 */
export const peerTables = `
CREATE TABLE levels (
  sku text PRIMARY KEY,
  total integer NOT NULL,
  reserved integer NOT NULL DEFAULT 0 CHECK (reserved >= 0),
  committed integer NOT NULL DEFAULT 0,
  CHECK (reserved + committed <= total)
) WITH (fillfactor = 50);

CREATE TABLE orders (
  id text PRIMARY KEY,
  idempotency_key text UNIQUE,
  status text NOT NULL,
  placed_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX orders_due ON orders (expires_at) WHERE status = 'PENDING_PAYMENT';

CREATE TABLE order_lines (
  order_id text NOT NULL,
  sku text NOT NULL,
  quantity integer NOT NULL,
  PRIMARY KEY (order_id, sku)
);

CREATE FUNCTION place_order(new_id text, key text, skus text[], quantities integer[], hold_seconds integer)
RETURNS TABLE (id text, placed_at timestamptz) LANGUAGE plpgsql AS $$
DECLARE
  line record;
  placed timestamptz := now();
BEGIN
  INSERT INTO orders VALUES (new_id, key, 'PENDING_PAYMENT', placed, placed + make_interval(secs => hold_seconds))
    ON CONFLICT (idempotency_key) DO NOTHING;
  IF NOT FOUND THEN
    RETURN QUERY SELECT o.id, o.placed_at FROM orders o WHERE o.idempotency_key = key;
    RETURN;
  END IF;
  FOR line IN SELECT * FROM unnest(skus, quantities) AS l (sku, quantity) ORDER BY l.sku LOOP
    UPDATE levels SET reserved = reserved + line.quantity
      WHERE levels.sku = line.sku AND total - reserved - committed >= line.quantity;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'insufficient_stock %', line.sku USING ERRCODE = 'P0001';
    END IF;
    INSERT INTO order_lines VALUES (new_id, line.sku, line.quantity);
  END LOOP;
  RETURN QUERY SELECT new_id, placed;
END $$;
`;
