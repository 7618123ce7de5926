/**
 * For tests: what `promtool check metrics` would complain about on a metrics page. An independent copy of its rules (promlint of
 * client_golang), since there is no npm package of promtool.
 */
export function namingFaults(page: string): string[] {
  const lines = page.split("\n");
  const helped = new Set(lines.flatMap((line) => /^# HELP (\S+) \S/.exec(line)?.[1] ?? []));
  const types = lines.flatMap((line) => {
    const [, name, type] = /^# TYPE (\S+) (\S+)/.exec(line) ?? [];
    return name === undefined || type === undefined ? [] : [{ name, type }];
  });
  return types.flatMap(({ name, type }) => {
    const faults = [...faultsOfName(name, type), ...labelsOf(name, lines).flatMap(faultsOfLabel)];
    if (!helped.has(name)) faults.push("has no help");
    return faults.map((fault) => `${name}: ${fault}`);
  });
}

const otherUnits: readonly string[] =
  "ms milliseconds us microseconds ns nanoseconds minutes hours days weeks bits kb kib kilobytes mb mib megabytes gb gib gigabytes percent percents pct fahrenheit kelvin inches feet pounds".split(
    " ",
  );

function* faultsOfName(name: string, type: string): Generator<string> {
  const words = name.split("_");
  if (type === "counter" && !name.endsWith("_total")) yield "a counter ends in _total";
  if (type !== "counter" && name.endsWith("_total")) yield "only a counter ends in _total";
  if (words.some((word) => ["counter", "gauge", "histogram", "summary"].includes(word))) yield "names its type";
  const unit = words.find((word) => otherUnits.includes(word));
  if (unit !== undefined) yield `${unit} is no base unit`;
  if (/[a-z][A-Z]/.test(name)) yield "is not in snake_case";
  if (name.includes(":")) yield "colons are for rules";
  const [, suffix] = /_(count|sum|bucket)$/.exec(name) ?? [];
  if (suffix !== undefined && type !== "histogram" && type !== "summary") yield `only a histogram ends in _${suffix}`;
}

function faultsOfLabel(label: string): string[] {
  return /[a-z][A-Z]/.test(label) ? [`label ${label} is not in snake_case`] : [];
}

/** The names of a metric's labels. */
function labelsOf(name: string, lines: readonly string[]): string[] {
  const shown = lines.filter(
    (line) => line.startsWith(name) && /^(_bucket|_sum|_count)?\{/.test(line.slice(name.length)),
  );
  const labels = shown.flatMap((line) => [...line.matchAll(/[{,]([a-zA-Z_]\w*)="/g)].map(([, label = ""]) => label));
  return [...new Set(labels)];
}
