import { expect } from "vitest";
import type { Command } from "../commands.ts";
import { RulesShop } from "./rules-shop.ts";

/**
 * One step of a life: seconds since the shop opened, what is asked, its outcome, the stock after it (`tea 9/1/0/8`,
 * several with a comma), and the asked order's status after it (`-`: none).
 */
export type Step = readonly [seconds: number, command: Command, outcome: string, stock: string, status: string];

/** Plays steps on a new shop and compares every outcome, stock and status; returns the shop for a closer look. */
export function live(...steps: readonly Step[]): RulesShop {
  const shop = new RulesShop();
  const played = steps.map(([seconds, command, , stock]): Step => {
    shop.seconds = seconds;
    const [word = ""] = shop.ask(command);
    const names = stock.split(", ").map((each) => each.split(" ")[0] ?? "");
    const status = "orderId" in command ? shop.snapshot.orders.get(command.orderId)?.status : undefined;
    return [seconds, command, word, names.map((name) => `${name} ${shop.stock(name)}`).join(", "), status ?? "-"];
  });
  expect(played).toEqual(steps);
  return shop;
}
