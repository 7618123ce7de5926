import { createWriteStream } from "node:fs";
import { resolve } from "node:path";
import process from "node:process";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { placeFile } from "@holdfast/backup/place-file";
import { Refused } from "@holdfast/client";
import { endWithLaunchers, runCommandLine } from "@holdfast/runtime";
import { exportCatalogue } from "../catalogue/export-catalogue.ts";
import type { ExitCode } from "../command.ts";
import { inWords, keyInWords, reach } from "../deployment.ts";
import { untilInterrupted } from "../interrupted.ts";
import { deploymentUrl, parseWords } from "../parse-words.ts";
import { Progress } from "../progress.ts";

const usage = `Writes the products of a shop, with their stock, as \`holdfast import\` reads them: a line of JSON each.

  holdfast export URL [FILE] [--force]

FILE     appears when it is whole. Without it, the lines go to the standard output.
--force  replaces a FILE that is there.

Products are read page by page, by SKU: one that changes meanwhile may be there as it was or as it is.

${keyInWords}

Ends with 1 where it could not be done, and where a product could not be read; the others are written.`;

const options = { force: { type: "boolean" } } as const;

interface Export {
  readonly type: "export";
  readonly url: string;
  readonly file: string | undefined;
  readonly force: boolean;
}

export function run(words: readonly string[]): Promise<ExitCode> {
  const parsed = parseWords(words, options, 2, ({ force = false }, [url, file]): Export => {
    const name = file === undefined || file === "-" ? undefined : resolve(file);
    return { type: "export", url: deploymentUrl(url), file: name, force };
  });
  return runCommandLine({ parsed, usage, help: "holdfast export --help", perform });
}

async function perform({ url, file, force }: Export): Promise<boolean> {
  endWithLaunchers();
  const client = await reach(url);
  const signal = untilInterrupted();
  const progress = new Progress();
  let rows = 0;
  let skipped = 0;
  const lines = async function* () {
    const skip = ({ kind, id, reason }: { kind: string; id: string; reason: string }) => {
      skipped += 1;
      progress.clear();
      console.error(`Left out: ${kind} ${id} cannot be read (${reason}).`);
    };
    for await (const line of exportCatalogue(client, signal, skip)) {
      rows += 1;
      progress.show("products", rows);
      yield line;
    }
  };
  try {
    if (file === undefined) await pipeline(Readable.from(lines()), process.stdout, { end: false });
    else {
      await placeFile({ file, force, own: [] }, (part) =>
        pipeline(Readable.from(lines()), createWriteStream(part, { flush: true })),
      );
      progress.clear();
      console.log(`${rows.toLocaleString("en")} products written to ${file}`);
    }
  } catch (error) {
    if (error instanceof Refused) throw new Error(inWords(error.problem), { cause: error });
    throw error;
  } finally {
    progress.clear();
  }
  return skipped === 0;
}
