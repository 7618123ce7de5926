import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The repository's own folder. */
export const home = join(import.meta.dirname, "../../..");

/** A package that other programs install. */
export interface PublishedPackage {
  readonly name: string;
  readonly folder: string;
  /** A program is run, a library is imported. */
  readonly kind: "library" | "program";
}

/** Every package of the repository that is not private, by name. */
export function publishedPackages(): PublishedPackage[] {
  return globSync("{packages,apps}/*/package.json", { cwd: home })
    .map((path) => ({ ...manifestIn(dirname(path)), folder: join(home, dirname(path)) }))
    .filter((each) => each.private !== true)
    .map(({ name, folder, publishConfig }) => ({ name, folder, kind: kindOf(publishConfig) }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** Every package that other programs import, by name. */
export function publishedLibraries(): PublishedPackage[] {
  return publishedPackages().filter(({ kind }) => kind === "library");
}

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly publishConfig?: object;
}

function kindOf(publishConfig: object = {}): PublishedPackage["kind"] {
  return "bin" in publishConfig ? "program" : "library";
}

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(home, folder, "package.json"), "utf8"));
}
