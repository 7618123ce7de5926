import { type Browser, chromium } from "playwright-core";
import { findChromium } from "./chromium.ts";

const FLAGS = [
  // Test pages are our own, and root, as in most containers, cannot have a sandbox.
  "--no-sandbox",
  "--headless",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  // A browser under test calls nobody but the page.
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
