import { execFile } from "node:child_process";
import { access, constants, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";
import { installOnce } from "./install-once.ts";

const run = promisify(execFile);

// Not chromium-browser: on Ubuntu that is a script that tells you to install a snap.
const COMMANDS = ["chromium", "google-chrome", "google-chrome-stable"] as const;

// The packed fonts.conf names folders of AWS Lambda. Uses the packed fonts only, so that screenshots look the same on every machine.
const FONTS_CONF = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
</fontconfig>
`;

/** A Chromium, and the environment variables that it needs. */
export interface Chromium {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Finds a Chromium: CHROMIUM_PATH, else one on PATH, else the one packed in @sparticuz/chromium, which is unpacked below `.services/`
 * the first time. It brings the libraries that a plain Debian lacks (NSS, expat).
 *
 * @throws if there is none. The packed one runs on Linux on x64 only
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
    // The package unpacks into the temporary folder and nowhere else, so run it in a process with another temporary folder.
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

/** Reads package.json by its path relative to the entry, since the package does not export it. */
async function packedVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  const { version } = JSON.parse(await readFile(join(entry, "../../package.json"), "utf8")) as { version: string };
  return version;
}

const FLAGS = [
  // Chromium has no sandbox for root, which most containers run as. The pages under test are our own.
  "--no-sandbox",
  "--headless",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  // Keep the browser from calling any server but the one under test.
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Starts a headless Chromium. The caller closes it; it also ends when this process does.
 *
 * @example const browser = await launchBrowser(); const page = await browser.newPage(); ... await browser.close();
 */
export async function launchBrowser(): Promise<Browser> {
  const { path, env } = await findChromium();
  return chromium.launch({ executablePath: path, args: FLAGS, env: { ...process.env, ...env } });
}
