import { fileURLToPath } from "node:url";
import chromium, { inflate } from "@sparticuz/chromium";

// Runs as its own process, started by chromium.ts. Unpacks the browser into TMPDIR, with the system libraries that the package by itself
// adds on Amazon Linux only.

await chromium.executablePath();
await inflate(fileURLToPath(new URL("../bin/al2023.tar.br", import.meta.resolve("@sparticuz/chromium"))));
