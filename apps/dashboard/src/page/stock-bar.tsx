import type { Product } from "./api-types.ts";

type Numbers = Pick<Product, "totalStock" | "committedStock" | "reservedStock" | "safetyStock" | "availableStock">;

/** What a total is made of, from the surest promise to none. `kind` is also the colour's class. */
export const stockParts = [
  { kind: "committed", label: "Committed", of: (numbers: Numbers) => numbers.committedStock },
  { kind: "reserved", label: "Reserved", of: (numbers: Numbers) => numbers.reservedStock },
  { kind: "safety", label: "Safety", of: (numbers: Numbers) => numbers.safetyStock },
  { kind: "available", label: "Available", of: (numbers: Numbers) => numbers.availableStock },
] as const;

/** The total as a bar of its parts. Below zero (a backorder) there is nothing to draw. */
export function StockBar({ numbers }: { readonly numbers: Numbers }) {
  const parts = stockParts.map(({ kind, label, of }) => ({ kind, label, units: of(numbers) }));
  const words = parts.map(({ label, units }) => `${units} ${label.toLowerCase()}`).join(", ");
  return (
    <div class="bar" role="img" aria-label={`Of ${numbers.totalStock}: ${words}`}>
      {parts
        .filter(({ units }) => units > 0)
        .map(({ kind, label, units }) => (
          <i key={kind} class={kind} style={{ flexGrow: units }} title={`${label}: ${units}`} />
        ))}
    </div>
  );
}
