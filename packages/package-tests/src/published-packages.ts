import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The repository's own folder. */
export const home = join(import.meta.dirname, "../../..");

/** A package that other programs install. */
export interface PublishedPackage {
  readonly name: string;
  readonly folder: string;
}

/** Every package of the repository that is not private, by name. */
export function publishedPackages(): PublishedPackage[] {
  return globSync("{packages,apps}/*/package.json", { cwd: home })
    .map((path) => ({ ...manifestIn(dirname(path)), folder: join(home, dirname(path)) }))
    .filter((each) => each.private !== true)
    .map(({ name, folder }) => ({ name, folder }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

function manifestIn(folder: string): { readonly name: string; readonly private?: boolean } {
  return JSON.parse(readFileSync(join(home, folder, "package.json"), "utf8"));
}
