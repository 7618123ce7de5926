import { once } from "node:events";
import { createReadStream, statSync } from "node:fs";
import process from "node:process";
import { endWithLaunchers, runCommandLine, UsageError } from "@holdfast/runtime";
import { type ImportCounts, importCatalogue, type RowNote } from "../catalogue/import-catalogue.ts";
import { readLines } from "../catalogue/read-lines.ts";
import type { ExitCode } from "../command.ts";
import { keyInWords, reach } from "../deployment.ts";
import { untilInterrupted } from "../interrupted.ts";
import { deploymentUrl, parseWords, type Values, wholeNumberOf } from "../parse-words.ts";
import { Progress } from "../progress.ts";

const atOnceDefault = 16;

const usage = `Makes the products of a file in a shop, with their stock. A line of the file is a product:

  {"sku":"tea","name":"Green tea","price":{"amount":650,"currency":"EUR"},"stock":{"main":120}}

  holdfast import URL FILE [--set-details] [--set-stock] [--dry-run] [--stop-on-error] [--at-once N] [--json]
  holdfast import FILE --dry-run

FILE           as \`holdfast export\` writes it: NDJSON, UTF-8. - is the standard input.
--dry-run      changes nothing: says what is wrong with the file and, given a URL, what would be done.
--set-details  also sets the name and the price of products that are there to what their rows say.
--set-stock    also sets the stock of products that are there to what their rows say, as a correction in the ledger.
--stop-on-error  begins no further row after one that is not in the shop as it says.
--at-once N    rows under way at a time: ${atOnceDefault} unless you say otherwise.
--json         a line of JSON for each row that something is to be said of, and one with the counts at the end.

Without --set-details and --set-stock a product that is there is left as it is; where it differs from its row, the line says so. Each
step has an idempotency key made of its row, so that a second run of the same file does nothing twice.

${keyInWords}

Ends with 1 where a row is not in the shop as it says, and when it is interrupted: run it again then.`;

const options = {
  "set-details": { type: "boolean" },
  "set-stock": { type: "boolean" },
  "dry-run": { type: "boolean" },
  "stop-on-error": { type: "boolean" },
  "at-once": { type: "string" },
  json: { type: "boolean" },
} as const;

interface Import {
  readonly type: "import";
  readonly url: string | undefined;
  readonly file: string;
  readonly setDetails: boolean;
  readonly setStock: boolean;
  readonly dryRun: boolean;
  readonly stopOnError: boolean;
  readonly atOnceMax: number;
  readonly json: boolean;
}

function read(values: Values<typeof options>, words: readonly string[]): Import {
  const dryRun = values["dry-run"] === true;
  const [first, second] = words;
  if (first === undefined) throw new UsageError("Say where to and what: holdfast import URL FILE.");
  if (second === undefined && (!dryRun || /^https?:\/\//.test(first))) {
    throw new UsageError("Say where to and what: holdfast import URL FILE. Without a URL there is --dry-run.");
  }
  return {
    type: "import",
    url: second === undefined ? undefined : deploymentUrl(first),
    file: second ?? first,
    setDetails: values["set-details"] === true,
    setStock: values["set-stock"] === true,
    dryRun,
    stopOnError: values["stop-on-error"] === true,
    atOnceMax: wholeNumberOf("at-once", values["at-once"], { min: 1, max: 200, or: atOnceDefault }),
    json: values.json === true,
  };
}

export function run(words: readonly string[]): Promise<ExitCode> {
  const parsed = parseWords(words, options, 2, read);
  return runCommandLine({ parsed, usage, help: "holdfast import --help", perform });
}

async function perform(wanted: Import): Promise<boolean> {
  endWithLaunchers();
  const input = await open(wanted.file);
  const client = wanted.url === undefined ? undefined : await reach(wanted.url);
  const signal = untilInterrupted();
  const progress = new Progress();
  let bytes = 0;
  let rows = 0;
  const lines = readLines(input.chunks, (more) => {
    bytes += more;
  });
  const counted = async function* () {
    for await (const line of lines) {
      rows += 1;
      progress.show("rows", rows, input.bytes === undefined ? undefined : bytes / input.bytes);
      yield line;
    }
  };
  const note = (row: RowNote) => {
    progress.clear();
    if (wanted.json) console.log(JSON.stringify(row));
    else for (const line of linesOf(row)) console.error(line);
  };
  const startedAt = performance.now();
  try {
    const counts = await importCatalogue(counted(), client, { ...wanted, signal }, note);
    progress.clear();
    const seconds = (performance.now() - startedAt) / 1_000;
    const interrupted = signal.aborted;
    console.log(wanted.json ? JSON.stringify({ ...counts, interrupted }) : summaryOf(counts, wanted, seconds));
    if (interrupted) console.error("It was interrupted: rows after these were not looked at. Run it again.");
    return !interrupted && counts.different + counts.refused + counts.faulty === 0;
  } finally {
    progress.clear();
  }
}

/** The bytes of a file or of the standard input; of a file also how many there are. */
async function open(file: string): Promise<{ chunks: AsyncIterable<Uint8Array>; bytes?: number }> {
  if (file === "-") return { chunks: process.stdin };
  const stream = createReadStream(file);
  // A file that cannot be opened is met here, before anything is sent.
  await once(stream, "open");
  const { size } = statSync(file);
  return { chunks: stream, ...(size > 0 && { bytes: size }) };
}

function linesOf({ line, sku, kind, says }: RowNote): string[] {
  return says.map((each) => `line ${line}: ${sku === undefined ? "" : `${sku}: `}${kind}: ${each}`);
}

function summaryOf(counts: ImportCounts, { dryRun, url, setDetails, setStock }: Import, seconds: number): string {
  const { rows, created, changed, counted, same, different, refused, faulty } = counts;
  const figure = (number: number) => number.toLocaleString("en");
  const rate = `${figure(rows)} rows in ${seconds.toFixed(1)} s, ${figure(Math.round(rows / seconds))} a second`;
  if (url === undefined) return `${rate}: ${figure(rows - faulty)} can be read, ${figure(faulty)} cannot.`;
  const would = dryRun ? "would be " : "";
  return [
    `${rate}:`,
    `  ${figure(created)} ${would}created`,
    ...(setDetails ? [`  ${figure(changed)} ${would}set to the row's name and price`] : []),
    ...(setStock ? [`  ${figure(counted)} ${would}set to the row's stock`] : []),
    `  ${figure(same)} were there already`,
    `  ${figure(different)} are there, and differ from their row`,
    `  ${figure(refused)} refused`,
    `  ${figure(faulty)} faulty`,
  ].join("\n");
}
