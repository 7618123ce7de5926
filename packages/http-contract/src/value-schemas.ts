import {
  type CustomerId,
  composed,
  type Instant,
  isCurrency,
  type LocationId,
  limits,
  metadataNamePattern,
  metadataSize,
  type OrderId,
  type Sku,
  skuFault,
  skuPattern,
  slugPattern,
  type TransferId,
} from "@holdfast/domain";
import { z } from "@hono/zod-openapi";

/**
 * A schema whose output carries a brand of the domain's. Types only: the schema stays what it is, so `/openapi.json`
 * keeps its bounds and patterns, which a transform would hide.
 */
export function branded<Brand>() {
  return <Schema extends z.ZodType>(schema: Schema) => schema as unknown as z.ZodType<Brand, z.input<Schema>>;
}

/**
 * Text a person may read: no control characters, no broken Unicode, bounded. U+FFFD is what reading makes of bytes that are
 * no UTF-8: two different texts would look the same.
 */
function plainText(max: number) {
  return (
    z
      .string()
      .max(max)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about, in the spelling that every language's patterns share.
      .regex(/^[^\x00-\x1f\x7f-\x9f]*$/, "must not hold control characters")
      .refine((text) => text.isWellFormed() && !text.includes("\ufffd"), "must not hold broken Unicode")
  );
}

export const skuSchema = branded<Sku>()(
  z
    .string()
    .overwrite(composed)
    .min(1)
    .max(limits.skuLengthMax)
    .regex(skuPattern, "must not hold control characters, nor begin or end with a space")
    .refine((text) => skuFault(text) === undefined, { error: ({ input }) => skuFault(String(input)) })
    .openapi({
      description:
        "The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone.",
      example: "tea-green",
    }),
);

export const locationIdSchema = branded<LocationId>()(
  z
    .string()
    .min(1)
    .max(limits.locationIdLengthMax)
    .regex(slugPattern, "must be letters, digits and . _ ~ - only, a letter or digit first")
    .openapi({ description: "A place that holds stock. `main` exists from the start.", example: "main" }),
);

export const customerIdSchema = branded<CustomerId>()(
  plainText(limits.customerIdLengthMax)
    .min(1)
    .openapi({ description: "Your own name for the shopper.", example: "cus-4711" }),
);

export const orderIdSchema = branded<OrderId>()(
  z.string().max(64).openapi({ description: "The order's id.", example: "ord_01K9ZK3S6Q8W5V2N4M7R1T0YXB" }),
);

export const transferIdSchema = branded<TransferId>()(
  z.string().max(64).openapi({ description: "The transfer's id.", example: "trf_01K9ZK3S6Q8W5V2N4M7R1T0YXB" }),
);

export const nameSchema = plainText(limits.nameLengthMax)
  .trim()
  .min(limits.nameLengthMin)
  .openapi({ description: "1 to 255 characters.", example: "Green tea, 100 g" });

export const referenceSchema = plainText(limits.referenceLengthMax)
  .min(1)
  .openapi({ description: "Your own id for the cause.", example: "delivery-note-311" });

export const orderReferenceSchema = plainText(limits.referenceLengthMax)
  .min(1)
  .openapi({ description: "Your own id for the order. Several orders may have the same.", example: "2026-10041" });

const metadataName = z
  .string()
  .min(1)
  .max(limits.metadataNameLengthMax)
  .regex(metadataNamePattern, "must be letters, digits, _ and - only, a letter or digit first");

const metadataValue = plainText(limits.metadataValueLengthMax);

const metadataDescription = `Short texts of your own, by name: at most ${limits.metadataEntriesMax}, of ${limits.metadataSizeMax} characters together, names included. Write nothing secret here, and nothing that names a shopper.`;

/** Texts by name, no more than an order may have. `Text`: what may stand in place of a text. */
function metadataOf<Text extends z.ZodType<string | null>>(text: Text) {
  return z
    .record(metadataName, text)
    .refine((given) => Object.keys(given).length <= limits.metadataEntriesMax, {
      message: `must have at most ${limits.metadataEntriesMax} entries`,
    })
    .refine((given) => metadataSize(given as Readonly<Record<string, string | null>>) <= limits.metadataSizeMax, {
      message: `must have at most ${limits.metadataSizeMax} characters, names included`,
    });
}

const metadataExample = { channel: "web", gift: "yes" };

/** What the document does not take from the schema by itself. */
const namesInDocument = {
  maxProperties: limits.metadataEntriesMax,
  propertyNames: { pattern: metadataNamePattern.source, maxLength: limits.metadataNameLengthMax },
};

export const metadataSchema = metadataOf(metadataValue).openapi({
  description: metadataDescription,
  example: metadataExample,
  ...namesInDocument,
});

export const metadataChangeSchema = metadataOf(metadataValue.nullable()).openapi({
  description: "Entry by entry: what is left out stays, and null takes an entry away.",
  example: { gift: null, channel: "phone" },
  ...namesInDocument,
});

const entryLengthMax = limits.metadataNameLengthMax + 1 + limits.metadataValueLengthMax;

/** An entry of metadata in a query: `name:value`. One pattern: two of them are more than some readers of the document take. */
export const metadataQuery = z
  .string()
  .max(entryLengthMax)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about, in the spelling that every language's patterns share.
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*:[^\x00-\x1f\x7f-\x9f]*$/, "must be a name, a colon and a value")
  .refine((text) => text.isWellFormed() && !text.includes("\ufffd"), "must not hold broken Unicode")
  .openapi({
    description: "With this entry of metadata: its name, a colon, and its whole value.",
    example: "channel:web",
  });

export const noteSchema = plainText(limits.noteLengthMax)
  .min(1)
  .openapi({ description: "Your own words, for those who read the ledger.", example: "box fell off the shelf" });

/** An id that the payment provider gave. */
function providerReference(description: string, example: string) {
  return plainText(limits.referenceLengthMax).min(1).openapi({ description, example });
}

export const paymentReferenceSchema = providerReference("The payment's id at your payment provider.", "pi_3QxY");
export const refundReferenceSchema = providerReference("The refund's id at your payment provider.", "re_3QxY");

/** Why a level is set right: a reviewer's words, kept in the ledger. */
export const correctionReasonSchema = plainText(limits.referenceLengthMax)
  .trim()
  .min(limits.correctionReasonLengthMin)
  .openapi({
    description: "2 to 255 characters, for those who read the ledger.",
    example: "restored from an old backup",
  });

export const currencySchema = z.string().refine(isCurrency, "must be an ISO 4217 code in force, such as EUR").openapi({
  description: "ISO 4217 code in force; those that were withdrawn are refused.",
  example: "EUR",
  minLength: 3,
  maxLength: 3,
  pattern: "^[A-Z]{3}$",
});

/** An instant in queries, in any time zone. */
export const instantQuery = z.iso.datetime({ offset: true }).optional().openapi({ example: "2026-11-22T00:00:00Z" });

/** The last instant that ISO 8601 writes with a year of four digits. */
const lastInstant = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * An instant in requests, in any time zone. One before 1970 counts as the first of 1970, and one after the year 9999 as its last: records and
 * answers have no others, and a schema of JSON cannot refuse them.
 */
export const requestInstantSchema = branded<Instant>()(
  z.iso
    .datetime({ offset: true })
    .transform((text) => Math.min(Math.max(0, Date.parse(text)), lastInstant))
    .pipe(z.int())
    .openapi({ type: "string", format: "date-time", example: "2026-11-22T18:30:00Z" }),
);

/** An instant in answers: ISO 8601 in UTC with milliseconds; milliseconds since 1970 everywhere else. */
export const instantSchema = z.codec(
  z.iso.datetime().openapi({ example: "2026-11-22T18:00:00.000Z" }),
  z.custom<Instant>(Number.isSafeInteger),
  { decode: (text) => Date.parse(text) as Instant, encode: (instant) => new Date(instant).toISOString() },
);

export const moneySchema = z
  .strictObject({
    amount: z.int().min(0).max(limits.amountMax).openapi({
      description: "Whole minor units: cents of EUR, yen of JPY, fils (a thousandth) of KWD, as ISO 4217 has them.",
      example: 450,
    }),
    currency: currencySchema,
  })
  .openapi("Price", { description: "What one unit costs." });

/** A sum of prices: it may pass the bound of one price. */
export const totalSchema = z
  .object({
    amount: z.int().min(0).max(limits.totalAmountMax).openapi({
      description: "Whole minor units (cents). Exact: an order that would cost more is refused.",
      example: 900,
    }),
    currency: currencySchema,
  })
  .openapi("Total", { description: "A sum of prices." });
