import { readdirSync, readFileSync } from "node:fs";

/** Linux counts processor time in hundredths of a second, whatever the kernel's own clock. */
const microsecondsPerTick = 10_000;

/**
 * The processor time of this process and of all that it has started, until now: the generator, our servers, and the databases. Microseconds;
 * NaN where the system does not say it in `/proc`.
 */
export function processorTime(): number {
  try {
    const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    return ticksOf(process.pid, ids.flatMap(readProcess)) * microsecondsPerTick;
  } catch {
    return Number.NaN;
  }
}

interface Process {
  readonly id: number;
  readonly parent: number;
  readonly ticks: number;
}

/** A process may end at any moment. */
function readProcess(id: string): Process[] {
  try {
    return [processIn(readFileSync(`/proc/${id}/stat`, "utf8"))];
  } catch {
    return [];
  }
}

/**
 * What proc(5) says of a process in one line. Its second field is a name in brackets, which may have spaces in it. The time of children that
 * have ended counts for their parent, or the sum would fall when one ends.
 */
export function processIn(stat: string): Process {
  const [, parent, ...others] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const ticks = others.slice(9, 13).reduce((sum, each) => sum + each, 0);
  return { id: Number.parseInt(stat, 10), parent: parent ?? 0, ticks };
}

/** Of a process and of all below it. */
export function ticksOf(id: number, processes: readonly Process[]): number {
  const below = processes.filter(({ parent }) => parent === id).map((child) => ticksOf(child.id, processes));
  const own = processes.find((each) => each.id === id)?.ticks ?? 0;
  return below.reduce((sum, ticks) => sum + ticks, own);
}
