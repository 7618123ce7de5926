import { isUtf8 } from "node:buffer";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { DescribedCall, DescribedParameter } from "./described-calls.ts";
import type { JsonSchema } from "./json-schema.ts";
import type { FilledRequest } from "./requests.ts";

/** What the document says about a request. `leaves open`: nothing, as for undeclared parameters and broken escapes. */
export type Verdict = "takes" | "refuses" | "leaves open";

// Instants as the API writes them; other spellings it may take.
const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT[\d:]{8}(\.\d+)?(Z|[+-]\d\d:\d\d)$/);

/** The default of `BODY_BYTES_MAX`. */
const bodyBytesMax = 262_144;

const validators = new Map<JsonSchema, ValidateFunction>();

/** Checks values against a schema. */
export function validatorOf(schema: JsonSchema): ValidateFunction {
  let validate = validators.get(schema);
  if (validate === undefined) {
    validate = ajv.compile(schema);
    validators.set(schema, validate);
  }
  return validate;
}

/** Whether a call, as described, takes a request. */
export function verdictOn(call: DescribedCall, request: FilledRequest): Verdict {
  const verdicts = [onPath(call, request), onQuery(call, request), onHeaders(call, request), onBody(call, request)];
  if (verdicts.includes("refuses")) return "refuses";
  return verdicts.includes("leaves open") ? "leaves open" : "takes";
}

function onPath({ template, parameters }: DescribedCall, { target }: FilledRequest): Verdict {
  const asked = (target.split("?")[0] ?? "").split("/");
  const wanted = template.split("/");
  if (asked.length !== wanted.length) return "leaves open";
  return all(
    wanted.map((segment, n) => {
      const text = decoded(asked[n] ?? "");
      if (text === undefined) return "leaves open";
      const parameter = parameters.find(({ name, in: place }) => place === "path" && segment === `{${name}}`);
      if (parameter === undefined) return text === segment ? "takes" : "leaves open";
      return onText(parameter, text);
    }),
  );
}

function onQuery({ parameters }: DescribedCall, { target }: FilledRequest): Verdict {
  const [, ...rest] = target.split("?");
  const query = rest.join("?");
  if (query.includes("#")) return "leaves open";
  const pairs = query.split("&").filter((pair) => pair !== "");
  const declared = parameters.filter((parameter) => parameter.in === "query");
  const given = pairs.map((pair) => {
    const [name = "", ...value] = pair.split("=");
    return { name: decoded(name.replaceAll("+", " ")), value: decoded(value.join("=").replaceAll("+", " ")) };
  });
  if (given.some(({ name, value }) => name === undefined || value === undefined)) return "leaves open";
  const isStrange = given.some(({ name }) => !declared.some((parameter) => parameter.name === name));
  const verdicts = declared.map((parameter): Verdict => {
    const [first, ...more] = given.filter(({ name }) => name === parameter.name);
    if (first?.value === undefined) return parameter.required ? "refuses" : "takes";
    if (parameter.schema.type === "array") return onTexts(parameter, [first, ...more]);
    return more.length > 0 ? "refuses" : onText(parameter, first.value);
  });
  return all(isStrange ? [...verdicts, "leaves open"] : verdicts);
}

function onHeaders({ parameters }: DescribedCall, { headers }: FilledRequest): Verdict {
  return all(
    parameters
      .filter((parameter) => parameter.in === "header")
      .map((parameter): Verdict => {
        const [first, ...more] = headers.filter(([name]) => name === parameter.name);
        if (first === undefined) return parameter.required ? "refuses" : "takes";
        const values = [first, ...more].map(([, value]) => value.trim());
        // HTTP joins a header that comes twice with a comma. What an empty one adds, a space or nothing, differs from server to server.
        if (more.length > 0 && values.includes("")) return "leaves open";
        return onText(parameter, values.join(", "));
      }),
  );
}

function onBody({ body }: DescribedCall, { headers, body: sent }: FilledRequest): Verdict {
  const type = headers.find(([name]) => name === "content-type")?.[1].trim();
  if (body === undefined) return sent === undefined && type === undefined ? "takes" : "leaves open";
  const sendsLength = headers.some(([name]) => name === "content-length");
  if (sent === undefined || sent.length === 0)
    return body.required ? "refuses" : type === undefined ? "takes" : "leaves open";
  if (type === undefined || sendsLength) return "leaves open";
  if (type.split(";")[0]?.trim().toLowerCase() !== "application/json") return "refuses";
  const isPlainType = /^application\/json(; charset=utf-8)?$/.test(type);
  try {
    const bytes = typeof sent === "string" ? new TextEncoder().encode(sent) : sent;
    if (bytes.length > bodyBytesMax) return "refuses";
    // Invalid UTF-8 may be in a value that a repeated key overwrites.
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (!validatorOf(body.schema)(value)) return "refuses";
    if (!isUtf8(bytes) && JSON.stringify(value).includes("\ufffd")) return "refuses";
    return isPlainType && !hasOpenText(value) ? "takes" : "leaves open";
  } catch {
    return "refuses";
  }
}

/** A parameter that may come several times. */
function onTexts({ schema }: DescribedParameter, given: readonly { readonly value: string | undefined }[]): Verdict {
  const values = given.map(({ value }) => value);
  if (!validatorOf(schema)(values)) return "refuses";
  return hasOpenText(values) ? "leaves open" : "takes";
}

/** Parameters are texts; where the schema wants a whole number, JSON's spelling of one is. */
function onText({ schema }: DescribedParameter, text: string): Verdict {
  const isNumber = schema.type === "integer";
  const value = isNumber && /^-?(0|[1-9]\d*)$/.test(text) ? Number(text) : text;
  const validate = validatorOf(schema);
  if (validate(value)) return hasOpenText(value) ? "leaves open" : "takes";
  return validate.errors?.every(({ keyword }) => keyword === "format") ? "leaves open" : "refuses";
}

/** Whether a value has a text that patterns do not describe: of broken Unicode, with white space at an end, of two lines, a path's dots. */
function hasOpenText(value: unknown): boolean {
  if (typeof value === "string")
    return !value.isWellFormed() || value.trim() !== value || /[\ufffd\u2028\u2029]|^\.{1,2}$/.test(value);
  return typeof value === "object" && value !== null && Object.values(value).some(hasOpenText);
}

function all(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("refuses")) return "refuses";
  return verdicts.includes("leaves open") ? "leaves open" : "takes";
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
