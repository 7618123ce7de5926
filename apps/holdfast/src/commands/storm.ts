import { endWithLaunchers, runCommandLine, UsageError } from "@holdfast/runtime";
import type { ExitCode } from "../command.ts";
import { keyInWords, readApiKey } from "../deployment.ts";
import { untilInterrupted } from "../interrupted.ts";
import { deploymentUrl, parseWords, type Values, wholeNumberOf } from "../parse-words.ts";
import { Progress } from "../progress.ts";
import { runStorm, type StormPlan } from "../storm/run-storm.ts";
import { isClean, type ReportForm, reportForms, stormReport } from "../storm/storm-report.ts";

const defaults = { buyers: 200, atOnce: 50, copies: 2 };

const usage = `Sends a rush of buyers to a shop, and audits it.

  holdfast storm URL [--buyers N] [--stock N] [--at-once N] [--copies N] [--sku SKU] [--no-feed] [--report FORM]

Each buyer places an order for one unit, every second one pays and the others cancel, and all ask again with the key that they had. Each
request is sent several times at once, as impatient browsers do. Then every order that was acknowledged must be there, once, in its
status; no key may have made two; and the books must add up.

--buyers N     ${defaults.buyers} unless you say otherwise
--stock N      units of the product: half of the buyers unless you say otherwise
--at-once N    buyers under way at a time: ${defaults.atOnce} unless you say otherwise
--copies N     how many times each request is sent at once: ${defaults.copies} unless you say otherwise
--sku SKU      buys a product that is there, with the stock that it has: its orders are really placed, and half of them sold.
               Without it the storm makes a product of its own, which stays, with its orders.
--no-feed      leaves out the feed, which the audit reads from its beginning
--report FORM  ${reportForms.join(", ")}

${keyInWords}
It needs catalogue:read, catalogue:write (unless --sku is given), orders:read and orders:write.

Ends with 1 if a promise is broken, or an answer is not as promised.`;

const options = {
  buyers: { type: "string" },
  stock: { type: "string" },
  "at-once": { type: "string" },
  copies: { type: "string" },
  sku: { type: "string" },
  "no-feed": { type: "boolean" },
  report: { type: "string" },
} as const;

interface Storm extends Omit<StormPlan, "apiKey"> {
  readonly type: "storm";
  readonly form: ReportForm;
}

function read(values: Values<typeof options>, [url]: readonly string[]): Storm {
  const buyers = wholeNumberOf("buyers", values.buyers, { min: 1, max: 1_000_000, or: defaults.buyers });
  const form = reportForms.find((known) => known === (values.report ?? "text"));
  if (form === undefined)
    throw new UsageError(`--report must be one of ${reportForms.join(", ")}, not ${values.report}.`);
  if (values.sku !== undefined && values.stock !== undefined) {
    throw new UsageError("--stock is for the storm's own product, and --sku names one of the shop's.");
  }
  return {
    type: "storm",
    url: deploymentUrl(url),
    buyers,
    stock: wholeNumberOf("stock", values.stock, { min: 0, max: 1_000_000, or: Math.ceil(buyers / 2) }),
    atOnceMax: wholeNumberOf("at-once", values["at-once"], { min: 1, max: 1_000, or: defaults.atOnce }),
    copies: wholeNumberOf("copies", values.copies, { min: 1, max: 10, or: defaults.copies }),
    sku: values.sku,
    withFeed: values["no-feed"] !== true,
    form,
  };
}

export function run(words: readonly string[]): Promise<ExitCode> {
  const parsed = parseWords(words, options, 1, read);
  return runCommandLine({ parsed, usage, help: "holdfast storm --help", perform });
}

async function perform({ form, ...plan }: Storm): Promise<boolean> {
  endWithLaunchers();
  const signal = untilInterrupted();
  const progress = new Progress();
  try {
    const report = (done: number) => progress.show("buyers", done, done / plan.buyers);
    const result = await runStorm({ ...plan, apiKey: readApiKey() }, signal, report);
    progress.clear();
    console.log(stormReport(result, form));
    if (signal.aborted) console.error("It was interrupted: the buyers that had come were audited.");
    return isClean(result) && !signal.aborted;
  } finally {
    progress.clear();
  }
}
