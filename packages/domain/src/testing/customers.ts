import type { EraseCustomer } from "../commands/erase-customer.ts";
import type { CustomerId } from "../ids.ts";
import { actor, orderId } from "./names.ts";

/** Puts `pseudonym` in the place of an order's customer. */
export function erase(name: string, customerId: string, pseudonym: string): EraseCustomer {
  return {
    type: "EraseCustomer",
    actor,
    orderId: orderId(name),
    customerId: customerId as CustomerId,
    pseudonym: pseudonym as CustomerId,
  };
}
