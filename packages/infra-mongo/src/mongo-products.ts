import { foldedText } from "@holdfast/domain";
import type { Paging, ProductPlace, ProductSearch, ProductSort, UnitRange } from "@holdfast/engine";
import type { Document } from "mongodb";

const fields: { readonly [S in ProductSort]: string } = { sku: "_id", name: "foldedName", createdAt: "createdAt" };

/** Behind every text that begins with a prefix: no text of ours has this character. */
const lastCharacter = "\u{10ffff}";

const levels = { $lookup: { from: "levels", localField: "_id", foreignField: "sku", as: "levels" } };

/** What can be promised of all levels together. */
const available = {
  $reduce: {
    input: "$levels",
    initialValue: 0,
    in: {
      $add: [
        "$$value",
        {
          $subtract: [
            "$$this.totalStock",
            {
              $add: [
                "$$this.reservedStock",
                "$$this.committedStock",
                "$$this.safetyStock",
                { $ifNull: ["$$this.unsellableStock", 0] },
              ],
            },
          ],
        },
      ],
    },
  },
};

/** What each level of a product may owe. */
const limit = { $cond: [{ $isNumber: "$policies.backorderLimit" }, "$policies.backorderLimit", 0] };

/** The same with what each of its levels may owe. */
const orderable = { $add: [available, { $multiply: [limit, { $size: "$levels" }] }] };

/** The stages that find products with their levels. */
export function productStages(search: ProductSearch, { limit, after }: Paging<ProductPlace>): Document[] {
  const { sort, descending } = search;
  const field = fields[sort];
  const direction = descending ? -1 : 1;
  const conditions = [...conditionsOf(search), ...(after === undefined ? [] : [behind(field, after, descending)])];
  return [
    { $match: conditions.length === 0 ? {} : { $and: conditions } },
    { $sort: { [field]: direction, ...(field !== "_id" && { _id: direction }) } },
    ...stockStages(search),
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
function stockStages(search: ProductSearch): Document[] {
  if (search.available === undefined && search.orderable === undefined) return [];
  return [
    levels,
    { $set: { available, orderable } },
    { $match: { available: rangeOf(search.available), orderable: rangeOf(search.orderable) } },
    { $unset: ["available", "orderable"] },
  ];
}

function rangeOf({ min, max }: UnitRange = {}): Document {
  return { $gte: min ?? Number.MIN_SAFE_INTEGER, ...(max !== undefined && { $lte: max }) };
}
