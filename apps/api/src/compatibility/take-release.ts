import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { TestApi } from "../test-api.ts";

// Keeps the document of this release, which the next one may not break: `node apps/api/src/compatibility/take-release.ts`.
const document = JSON.stringify(new TestApi().document, null, 1);
writeFileSync(join(import.meta.dirname, "last-release.json"), `${document}\n`);
