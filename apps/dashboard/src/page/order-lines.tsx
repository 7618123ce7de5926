interface Line {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
}

/** The lines of an order: `2 × Green tea`. */
export function OrderLines({ lines }: { readonly lines: readonly Line[] }) {
  return (
    <ul class="lines">
      {lines.map(({ sku, name, quantity }) => (
        <li key={sku} title={sku}>
          <b>{quantity}</b> × {name}
        </li>
      ))}
    </ul>
  );
}
