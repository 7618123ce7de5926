/**
 * The tables of version 3, which every file begins with. Keys that grow with time (`ord_`, `adj_`, journal ids) append at the end of their tree, so writing stays
 * as fast with a million orders as with none. Entities are kept as JSON beside the columns that are searched.
 */
export const baselineTables = `
-- Of the database itself: \`epoch\`, which feed it is; \`compatibleFrom\`, which programs may use it.
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE products (
  sku TEXT PRIMARY KEY,
  claim_key TEXT UNIQUE,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE levels (
  sku TEXT NOT NULL,
  location_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  total_stock INTEGER NOT NULL,
  reserved_stock INTEGER NOT NULL,
  committed_stock INTEGER NOT NULL,
  safety_stock INTEGER NOT NULL,
  -- The last journal entry that moved it.
  journal_id TEXT NOT NULL,
  PRIMARY KEY (sku, location_id),
  -- The last line of defence; the domain never lets it come to this.
  CHECK (total_stock - reserved_stock - committed_stock - safety_stock >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE orders (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  status TEXT NOT NULL,
  customer_id TEXT,
  placed_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  claim_key TEXT,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- The sweep's index holds living holds only.
CREATE INDEX orders_due ON orders (expires_at) WHERE status = 'PENDING_PAYMENT';
CREATE INDEX orders_by_status ON orders (status, id);
CREATE INDEX orders_by_customer ON orders (customer_id, id) WHERE customer_id IS NOT NULL;
CREATE UNIQUE INDEX orders_claim ON orders (claim_key) WHERE claim_key IS NOT NULL;

CREATE TABLE order_lines (
  sku TEXT NOT NULL,
  order_id TEXT NOT NULL,
  location_id TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  PRIMARY KEY (sku, order_id)
) STRICT, WITHOUT ROWID;

-- What a shopper or an API key holds now. Who holds nothing has no row.
CREATE TABLE holdings (
  holder TEXT PRIMARY KEY,
  units INTEGER NOT NULL CHECK (units > 0)
) STRICT, WITHOUT ROWID;

-- What became of payments that sold nothing: refunds that are due are found to the last one among any number of orders.
CREATE TABLE unsold_outcomes (
  outcome TEXT NOT NULL,
  order_id TEXT NOT NULL,
  PRIMARY KEY (outcome, order_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE adjustments (
  id TEXT PRIMARY KEY,
  sku TEXT NOT NULL,
  location_id TEXT NOT NULL,
  delta INTEGER NOT NULL,
  claim_key TEXT UNIQUE,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX adjustments_by_level ON adjustments (sku, location_id, delta);

CREATE TABLE corrections (
  id TEXT PRIMARY KEY,
  claim_key TEXT UNIQUE,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One writer at a time, and nothing is ever deleted: positions follow the commits without a gap.
CREATE TABLE journal (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL
) STRICT;
-- Which entries moved a SKU, in the order in which the ledger is read.
CREATE TABLE journal_skus (
  sku TEXT NOT NULL,
  at INTEGER NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (sku, at, id)
) STRICT, WITHOUT ROWID;

-- One row, written to find out whether anything can be.
CREATE TABLE probe (
  id INTEGER PRIMARY KEY,
  times INTEGER NOT NULL
) STRICT;

CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  revoked_at INTEGER,
  claim_key TEXT UNIQUE,
  -- Its name, as long as it lives, unless it rotates.
  sole_name TEXT UNIQUE,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
