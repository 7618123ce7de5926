import { resolve } from "node:path";
import { packPackages } from "./pack-packages.ts";

const [folder = ".packed"] = process.argv.slice(2);
for (const { path } of await packPackages(resolve(folder))) console.log(path);
