import { type Migrated, stepInWords } from "@holdfast/engine";

/** What was done and what is left, in lines for an operator. `program`: what the operator types. */
export function reportOf({ from, to, ran, waiting }: Migrated, program: string): string[] {
  const done =
    ran.length === 0
      ? `The database is of version ${to.version}: there is nothing to do.`
      : `Migrated from version ${from.version} to ${to.version}.`;
  if (waiting.length === 0) return [done];
  const needs = Math.max(...waiting.map((step) => (step.kind === "contract" ? step.compatibleFrom : 0)));
  const names = waiting.map(stepInWords).join(", ");
  return [
    done,
    `Left for later: ${names}. Run \`${program} --contract\` when every process that uses the database knows version ${needs}.`,
  ];
}
