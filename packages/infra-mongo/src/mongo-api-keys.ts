import { isReadable, Unreadable } from "@holdfast/domain";
import { type ApiKeys, OutcomeUnknown, readable } from "@holdfast/engine";
import { MongoServerError, MongoServerSelectionError } from "mongodb";
import type { Collections } from "./collections.ts";
import { isOutage } from "./conflicts.ts";
import { apiKeyDocument, apiKeyOf } from "./documents.ts";
import { reached } from "./reached.ts";

/** As for every other read. */
const maxTimeMS = 5_000;

/** API keys. Writes are single documents, so each is whole or not there; a lost answer is called unknown. */
export function mongoApiKeys({ apiKeys }: Collections): ApiKeys {
  return {
    async live() {
      const found = await reached(apiKeys.find({ revokedAt: { $exists: false } }, { maxTimeMS }).toArray());
      const keys = found.map(apiKeyOf);
      const unreadable = keys.filter((key) => key instanceof Unreadable);
      if (found.length > 0) return { keys: keys.filter(isReadable), unreadable, everMade: true };
      return { keys: [], unreadable: [], everMade: (await reached(apiKeys.findOne({}, { maxTimeMS }))) !== null };
    },
    async list({ limit, after }) {
      const behind = after === undefined ? {} : { _id: { $lt: after } };
      const found = await reached(apiKeys.find(behind, { maxTimeMS }).sort({ _id: -1 }).limit(limit).toArray());
      return found.map(apiKeyOf);
    },
    async create(record) {
      return await unlessTaken(written(apiKeys.insertOne(apiKeyDocument(record))));
    },
    async claimed(claimKey) {
      const found = await reached(apiKeys.findOne({ "claim.key": claimKey }, { maxTimeMS }));
      return found === null ? undefined : readable(apiKeyOf(found));
    },
    async revoke(id, at) {
      await written(
        apiKeys.updateOne(
          { _id: id, revokedAt: { $exists: false } },
          { $set: { revokedAt: at }, $unset: { soleName: "" } },
        ),
      );
      const found = await reached(apiKeys.findOne({ _id: id }, { maxTimeMS }));
      return found === null ? undefined : apiKeyOf(found);
    },
  };
}

/** Throws `Unavailable` where no server was found to write to, `OutcomeUnknown` where one was, and did not answer. */
async function written(answer: Promise<unknown>): Promise<void> {
  try {
    await answer;
  } catch (cause) {
    if (isOutage(cause) && !(cause instanceof MongoServerSelectionError))
      throw new OutcomeUnknown("the answer to a write was lost", { cause });
    await reached(Promise.reject(cause));
  }
}

const duplicateKey = 11000;

/** False where a unique index has the name or the claim already. */
async function unlessTaken(answer: Promise<void>): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (error) {
    if (error instanceof MongoServerError && error.code === duplicateKey) return false;
    throw error;
  }
}
