import type { Order } from "./api-reader.ts";
import type { Breach } from "./breach.ts";

/** By order id, the references of the payments that were reported and answered. */
export type ReportedPayments = ReadonlyMap<string, readonly string[]>;

const sold: readonly string[] = ["ON_TIME", "REHELD"];

/** Compares reported payments with orders. `reported` is undefined if payments were not counted. */
export function paymentBreaches(orders: readonly Order[], reported: ReportedPayments | undefined): Breach[] {
  const rule = "payments";
  return orders.flatMap((order): Breach[] => {
    const { id, status, payments } = order;
    const faults: string[] = [];
    const sellers = payments.filter(({ outcome }) => sold.includes(outcome)).length;
    if (sellers !== (status === "CONFIRMED" ? 1 : 0)) faults.push(`is ${status}, and ${sellers} payments sold it`);
    if (status === "FAILED" && payments.length === 0) faults.push("has failed without a payment");
    const kept = payments.map(({ reference }) => reference ?? "without a reference").sort();
    if (new Set(kept).size !== kept.length) faults.push(`has a payment twice: ${kept.join()}`);
    const [is, said] = [listOf(kept), reported && listOf(reported.get(id) ?? [])];
    if (said !== undefined && said !== is) faults.push(`has ${is}, and ${said} was reported`);
    return faults.map((fault) => ({ rule, says: `${id} ${fault}` }));
  });
}

function listOf(references: readonly string[]): string {
  return references.length === 0 ? "no payment" : references.toSorted().join(" and ");
}
