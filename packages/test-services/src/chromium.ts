import { execFile } from "node:child_process";
import { access, constants, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { installOnce } from "./install-once.ts";

const run = promisify(execFile);

// Without chromium-browser: on Ubuntu that is a script that only talks of snap.
const COMMANDS = ["chromium", "google-chrome", "google-chrome-stable"] as const;

// The packed fonts.conf names folders of AWS Lambda. Only the packed fonts: pictures look the same on every machine.
const FONTS_CONF = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
</fontconfig>
`;

/** A Chromium, and what must be added to its environment. */
export interface Chromium {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The Chromium of this machine: CHROMIUM_PATH, else one on PATH, else the one packed in @sparticuz/chromium, unpacked
 * below `.services/` the first time. It brings the few libraries that a plain Debian lacks (NSS, expat).
 *
 * @throws where there is none: the packed one is for Linux on x64 only
 */
export async function findChromium(): Promise<Chromium> {
  const given = process.env["CHROMIUM_PATH"];
  if (given) return { path: given, env: {} };
  const onPath = await searchPath();
  if (onPath !== undefined) return { path: onPath, env: {} };
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("no browser for tests: install Chromium or Google Chrome, or set CHROMIUM_PATH");
  }
  return unpackedChromium();
}

async function searchPath(): Promise<string | undefined> {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    for (const command of COMMANDS) {
      const path = join(folder, command);
      const executable = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (folder !== "" && executable) return path;
    }
  }
  return undefined;
}

async function unpackedChromium(): Promise<Chromium> {
  const home = await installOnce(`chromium-${await packedVersion()}`, "chromium", async (folder) => {
    console.log("test services: unpacking Chromium into .services (first time only) ...");
    // It unpacks into the temporary folder, and only that; a process of its own can have another one.
    await run(process.execPath, [join(import.meta.dirname, "unpack-chromium.ts")], {
      env: { ...process.env, TMPDIR: folder },
    });
    await writeFile(join(folder, "fonts/fonts.conf"), FONTS_CONF);
  });
  return {
    path: join(home, "chromium"),
    env: { LD_LIBRARY_PATH: join(home, "al2023/lib"), FONTCONFIG_PATH: join(home, "fonts") },
  };
}

/** The package does not export its package.json, so that is read by its place beside the entry's folder. */
async function packedVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  const { version } = JSON.parse(await readFile(join(entry, "../../package.json"), "utf8")) as { version: string };
  return version;
}
