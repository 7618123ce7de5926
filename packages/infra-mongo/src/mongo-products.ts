import { foldedText, type LocationId } from "@holdfast/domain";
import type { Paging, ProductPlace, ProductSearch, ProductSort, UnitRange } from "@holdfast/engine";
import type { Document } from "mongodb";

const fields: { readonly [S in ProductSort]: string } = { sku: "_id", name: "foldedName", createdAt: "createdAt" };

/** Behind every text that begins with a prefix: no text of ours has this character. */
const lastCharacter = "\u{10ffff}";

const levels = { $lookup: { from: "levels", localField: "_id", foreignField: "sku", as: "levels" } };

const promised = ["reservedStock", "committedStock", "safetyStock", "unsellableStock"].map((counter) => ({
  $ifNull: [`$$this.${counter}`, 0],
}));

/** What each level of a product may owe. */
const limit = { $cond: [{ $isNumber: "$policies.backorderLimit" }, "$policies.backorderLimit", 0] };

/**
 * What can be promised of all levels at active locations together, where each may owe so much. A level that owes units takes nothing from
 * the others.
 */
function promisable(active: readonly LocationId[], mayOwe: object | number): Document {
  const left = { $add: [{ $subtract: ["$$this.totalStock", { $add: promised }] }, mayOwe] };
  const counted = { $cond: [{ $in: ["$$this.locationId", [...active]] }, { $max: [0, left] }, 0] };
  return { $reduce: { input: "$levels", initialValue: 0, in: { $add: ["$$value", counted] } } };
}

/** The stages that find products with their levels. `active`: the locations that promise anything new. */
export function productStages(
  search: ProductSearch,
  { limit, after }: Paging<ProductPlace>,
  active: readonly LocationId[],
): Document[] {
  const { sort, descending } = search;
  const field = fields[sort];
  const direction = descending ? -1 : 1;
  const conditions = [...conditionsOf(search), ...(after === undefined ? [] : [behind(field, after, descending)])];
  return [
    { $match: conditions.length === 0 ? {} : { $and: conditions } },
    { $sort: { [field]: direction, ...(field !== "_id" && { _id: direction }) } },
    ...stockStages(search, active),
    { $limit: limit },
    ...(search.available === undefined && search.orderable === undefined ? [levels] : []),
  ];
}

function conditionsOf({ startsWith, skus, archived }: ProductSearch): Document[] {
  const conditions: Document[] = [];
  if (startsWith !== undefined) {
    const from = foldedText(startsWith);
    const range = { $gte: from, $lt: from + lastCharacter };
    conditions.push({ $or: [{ foldedSku: range }, { foldedName: range }] });
  }
  if (skus !== undefined) conditions.push({ _id: { $in: [...skus] } });
  if (archived !== undefined) conditions.push({ archivedAt: { $exists: archived } });
  return conditions;
}

function behind(field: string, { value, sku }: ProductPlace, descending: boolean): Document {
  const than = descending ? "$lt" : "$gt";
  if (field === "_id") return { _id: { [than]: sku } };
  return { $or: [{ [field]: { [than]: value } }, { [field]: value, _id: { [than]: sku } }] };
}

/** The levels of each product, without the products whose stock is outside the ranges. */
function stockStages(search: ProductSearch, active: readonly LocationId[]): Document[] {
  if (search.available === undefined && search.orderable === undefined) return [];
  return [
    levels,
    { $set: { available: promisable(active, 0), orderable: promisable(active, limit) } },
    { $match: { available: rangeOf(search.available), orderable: rangeOf(search.orderable) } },
    { $unset: ["available", "orderable"] },
  ];
}

function rangeOf({ min, max }: UnitRange = {}): Document {
  return { $gte: min ?? Number.MIN_SAFE_INTEGER, ...(max !== undefined && { $lte: max }) };
}
