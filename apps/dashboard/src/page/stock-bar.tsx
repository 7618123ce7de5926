import type { Product } from "./api-types.ts";

type Numbers = Pick<
  Product,
  "totalStock" | "committedStock" | "reservedStock" | "safetyStock" | "unsellableStock" | "availableStock" | "levels"
>;

/** The parts of the total, in the order in which the bar shows them. `kind` is also the CSS class of the colour. */
export const stockParts = [
  { kind: "committed", label: "Committed", of: (numbers: Numbers) => numbers.committedStock },
  { kind: "reserved", label: "Reserved", of: (numbers: Numbers) => numbers.reservedStock },
  { kind: "safety", label: "Safety", of: (numbers: Numbers) => numbers.safetyStock },
  { kind: "unsellable", label: "Unsellable", of: (numbers: Numbers) => numbers.unsellableStock },
  { kind: "closed", label: "At closed places", of: unitsAtClosedPlaces },
  { kind: "available", label: "Available", of: (numbers: Numbers) => numbers.availableStock },
] as const;

/** Units that could be promised if their places were open. */
function unitsAtClosedPlaces({ levels }: Numbers): number {
  return levels.reduce((sum, { active, availableStock }) => sum + (active ? 0 : Math.max(0, availableStock)), 0);
}

/** The total as a bar of its parts. Parts that are zero or below are left out. */
export function StockBar({ numbers }: { readonly numbers: Numbers }) {
  const parts = stockParts.map(({ kind, label, of }) => ({ kind, label, units: of(numbers) }));
  const words = parts
    .filter(({ kind, units }) => kind !== "closed" || units > 0)
    .map(({ label, units }) => `${units} ${label.toLowerCase()}`)
    .join(", ");
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
