import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** Each Node that Holdfast's packages run on, and its program. */
export const nodeVersions: ReadonlyMap<number, string> = new Map([
  [20, programOf("node-20")],
  [22, programOf("node-22")],
  [24, process.execPath],
]);

function programOf(name: string): string {
  return join(dirname(require.resolve(`${name}/package.json`)), "bin/node");
}
