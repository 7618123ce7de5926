import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { packPackages, type Tarball } from "./pack-packages.ts";

declare module "vitest" {
  /** Set by pack-once.ts, and read by tests with `inject("tarballs")`. */
  export interface ProvidedContext {
    tarballs: readonly Tarball[];
  }
}

/** Vitest's `globalSetup`: packs the packages before the first test file. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-packed-"));
  project.provide("tarballs", await packPackages(folder));
  return () => rmSync(folder, { recursive: true });
}
