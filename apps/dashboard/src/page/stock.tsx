import { linkTo } from "./address.ts";
import type { Page, Product } from "./api-types.ts";
import { formatMoney, formatUnits } from "./format.ts";
import { Pill } from "./pill.tsx";
import { ProductName } from "./product-name.tsx";
import { StockBar, stockParts } from "./stock-bar.tsx";

/** The products with their prices and stock. */
export function Stock({ products: { data, nextCursor } }: { readonly products: Page<Product> }) {
  return (
    <section class="panel" aria-labelledby="stock">
      <div class="panel-head">
        <h2 id="stock">Stock</h2>
        <ul class="legend" aria-hidden="true">
          {stockParts.map(({ kind, label }) => (
            <li key={kind} class={kind}>
              {label}
            </li>
          ))}
        </ul>
      </div>
      {data.length === 0 ? <NoProducts /> : <StockTable products={data} />}
      {nextCursor !== null && (
        <p class="more">
          Showing the first {formatUnits(data.length)} products by SKU.{" "}
          <a href={linkTo({ screen: "products" })}>All of them</a>
        </p>
      )}
    </section>
  );
}

/** Products, one a row. */
export function StockTable({ products }: { readonly products: readonly Product[] }) {
  return (
    <table class="stock">
      <thead>
        <tr>
          <th scope="col">Product</th>
          <th scope="col" class="bar-head">
            Share of total
          </th>
          <th scope="col">Available</th>
          <th scope="col">Reserved</th>
          <th scope="col">Committed</th>
          <th scope="col">Safety</th>
          <th scope="col">Unsellable</th>
          <th scope="col">Total</th>
          <th scope="col">Incoming</th>
          <th scope="col">Price</th>
        </tr>
      </thead>
      <tbody>
        {products.map((product) => (
          <StockRow key={product.sku} product={product} />
        ))}
      </tbody>
    </table>
  );
}

function StockRow({ product }: { readonly product: Product }) {
  const { sku, name, price, availableStock, reservedStock, committedStock, safetyStock, totalStock } = product;
  const { unsellableStock, incomingStock, shortStock } = product;
  return (
    <tr>
      <th scope="row">
        <ProductName sku={sku} name={name} />
        {product.archived && <Pill tone="plain">archived</Pill>}
        {shortStock > 0 && <Pill tone="bad">{formatUnits(shortStock)} short</Pill>}
      </th>
      <td class="bar-cell">
        <StockBar numbers={product} />
      </td>
      <td data-label="Available" class={availableStock > 0 ? "lead" : "lead none"}>
        {formatUnits(availableStock)}
      </td>
      <Count label="Reserved" units={reservedStock} />
      <Count label="Committed" units={committedStock} />
      <Count label="Safety" units={safetyStock} />
      <Count label="Unsellable" units={unsellableStock} />
      <Count label="Total" units={totalStock} />
      <Count label="Incoming" units={incomingStock} />
      <td data-label="Price">{formatMoney(price)}</td>
    </tr>
  );
}

/** A cell with a number of units. */
export function Count({ label, units }: { readonly label: string; readonly units: number }) {
  return (
    <td data-label={label} class={units === 0 ? "zero" : ""}>
      {formatUnits(units)}
    </td>
  );
}

function NoProducts() {
  const body = '{"sku":"tea-green","name":"Green tea, 100 g","price":{"amount":450,"currency":"EUR"},"totalStock":12}';
  const command = `curl -X POST ${location.origin}/v1/products -H 'content-type: application/json' \\\n  -d '${body}'`;
  return (
    <div class="empty">
      <p>No products yet. Create the first one:</p>
      <pre>{command}</pre>
    </div>
  );
}
