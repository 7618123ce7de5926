import { type Browser, chromium } from "playwright-core";
import { findChromium } from "./chromium.ts";

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
