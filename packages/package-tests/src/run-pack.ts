import { join, resolve } from "node:path";
import { packPackages } from "./pack-packages.ts";
import { home } from "./published-packages.ts";
import { runProgram } from "./run-program.ts";

const [folder = ".packed"] = process.argv.slice(2);
const tarballs = await packPackages(resolve(folder));

/** What each package is made of, its dependencies' dependencies too. */
const bills = ["--sbom-format", "cyclonedx", "--prod", "--split", "--out", join(resolve(folder), "%s.cdx.json")];
const filters = tarballs.flatMap(({ name }) => ["--filter", name]);
await runProgram("npx", ["-y", "pnpm@12", "sbom", ...bills, ...filters], home);

for (const { path } of tarballs) console.log(path);
