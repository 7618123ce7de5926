import { linkTo } from "./address.ts";

interface ProductNameProps {
  readonly sku: string;
  /** `undefined` where it is not known. */
  readonly name: string | undefined;
}

/** A product's name and SKU, with the link to all that is known of it. */
export function ProductName({ sku, name }: ProductNameProps) {
  const href = linkTo({ screen: "products", id: sku });
  if (name === undefined) {
    return (
      <a class="name" href={href}>
        <code class="sku">{sku}</code>
      </a>
    );
  }
  return (
    <>
      <a class="name" href={href}>
        {name}
      </a>
      <code class="sku">{sku}</code>
    </>
  );
}
