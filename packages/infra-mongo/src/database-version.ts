import { isInteger } from "@holdfast/domain";
import { baseline, type DatabaseVersion, type Migrations, Misconfigured } from "@holdfast/engine";
import type { Document, FindOptions } from "mongodb";
import type { Collections } from "./collections.ts";
import type { MetaDocument } from "./documents.ts";
import type { MongoMigration } from "./migrations.ts";

/** The version that a database states; `undefined` if it is empty. */
export async function versionIn(
  { client: _client, meta, ...others }: Collections,
  options: FindOptions = {},
): Promise<DatabaseVersion | undefined> {
  const known = await meta.find({ _id: { $in: ["schema", "epoch"] } }, options).toArray();
  const schema = known.find(({ _id }) => _id === "schema");
  if (schema !== undefined) return versionOf(schema);
  if (known.length > 0) return baseline;
  const filled = await Promise.all(Object.values(others).map((each) => each.findOne({} as Document, options)));
  return filled.some((document) => document !== null) ? baseline : undefined;
}

/** Of the document `schema` in `meta`. Throws `Misconfigured` where it was edited into something else. */
export function versionOf({ version, compatibleFrom }: MetaDocument): DatabaseVersion {
  if (isInteger(version) && isInteger(compatibleFrom)) return { version, compatibleFrom };
  throw new Misconfigured("the database does not say its version: look at the document `schema` in `meta`");
}

/** Works out the version of a database that does not state one. */
export async function writeFirstVersion(
  { meta }: Pick<Collections, "meta">,
  { version, compatibleFrom }: DatabaseVersion,
): Promise<void> {
  await meta.updateOne({ _id: "schema" }, { $setOnInsert: { version, compatibleFrom } }, { upsert: true });
}

/** Throws `Misconfigured` if a program with these steps can never work on the database. */
export function expectKnown(found: DatabaseVersion, name: string, migrations: Migrations<MongoMigration>): void {
  const reason = migrations.refusal(found);
  if (reason === undefined) return;
  throw new Misconfigured(`the database ${name} ${reason}, or name another one in DATABASE_URL.`);
}
