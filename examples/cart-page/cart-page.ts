import type { Product } from "@holdfast/client";
import { emptyLevel, mainLocation, mergeLines, type Quantity, type Sku, shortfalls } from "@holdfast/domain";
import { follow, giveUp, placeOrder, products } from "./shop.ts";

const table = document.querySelector("#products") as HTMLTableElement;
const checkOut = document.querySelector("#check-out") as HTMLButtonElement;
const changeMind = document.querySelector("#change-mind") as HTMLButtonElement;
const outcome = document.querySelector("#outcome") as HTMLOutputElement;

let shelf: readonly Product[] = [];

/** Ends the following of the last order. */
let leave = () => {};

/** The lines that the shopper has asked for. */
function cart() {
  const inputs = [...table.querySelectorAll("input")];
  const lines = inputs.map(({ name, value }) => ({ sku: name as Sku, quantity: Number(value) as Quantity }));
  return mergeLines(lines.filter(({ quantity }) => quantity > 0));
}

/** A product's stock at the main location. */
function levelOf({ sku, levels }: Product) {
  const { locationId, ...figures } = levels.find((level) => level.locationId === mainLocation) ?? {};
  return { ...emptyLevel(sku as Sku, mainLocation), ...figures };
}

/** What the shop would refuse, said while the shopper types. It is a forecast: only an order that was placed holds stock. */
function foretell(): void {
  const levels = new Map(shelf.map((product) => [product.sku as Sku, levelOf(product)]));
  const lines = cart();
  const short = new Map(
    shortfalls({ lines, locationId: mainLocation }, (sku) => levels.get(sku)).map((each) => [each.sku, each]),
  );
  for (const { sku } of shelf) {
    const missing = short.get(sku as Sku);
    const cell = table.querySelector(`[data-sku="${sku}"]`) as HTMLElement;
    cell.textContent = missing ? `only ${missing.available} can be promised` : "";
  }
  checkOut.disabled = lines.length === 0 || short.size > 0;
}

async function show(): Promise<void> {
  shelf = await products();
  table.replaceChildren(...shelf.map(rowOf));
  foretell();
}

function rowOf({ sku, name }: Product): HTMLTableRowElement {
  const row = document.createElement("tr");
  const input = Object.assign(document.createElement("input"), { type: "number", min: "0", value: "0", name: sku });
  input.ariaLabel = name;
  input.addEventListener("input", foretell);
  const missing = document.createElement("td");
  missing.dataset["sku"] = sku;
  const cells = [name, input].map((content) => {
    const cell = document.createElement("td");
    cell.append(content);
    return cell;
  });
  row.append(...cells, missing);
  return row;
}

checkOut.addEventListener("click", async () => {
  checkOut.disabled = true;
  const { said, id } = await placeOrder(cart());
  outcome.value = said;
  changeMind.hidden = id === undefined;
  leave();
  if (id !== undefined)
    leave = follow(id, (news) => {
      outcome.value = news;
    });
  changeMind.onclick = async () => {
    changeMind.hidden = true;
    if (id !== undefined) outcome.value = await giveUp(id);
    await show();
  };
  await show();
});

await show();
