import { readdirSync, readFileSync } from "node:fs";
import { getPriority, setPriority } from "node:os";

/** Its threads' name, where Node gives them one: since version 24, on Linux. */
const v8Name = "V8Worker\n";

/** How much nicer than the others. Each step is a fifth of a thread's share where others want the same core; the nicest is 19. */
const nicer = 10;
const nicest = 19;

/**
 * Lets the threads on which V8 compiles and collects step back where all cores are busy. V8 starts four of them on any machine: on two cores they
 * would take half of both in the middle of a sale, and requests would wait for what only makes later ones faster. Does nothing where the system has no
 * `/proc`.
 */
export function calmV8Threads(): void {
  const priority = Math.min(nicest, getPriority() + nicer);
  for (const thread of threadsOfV8()) setPriority(thread, priority);
}

function threadsOfV8(): number[] {
  try {
    const threads = readdirSync("/proc/self/task");
    return threads.filter((id) => readFileSync(`/proc/self/task/${id}/comm`, "utf8") === v8Name).map(Number);
  } catch {
    return [];
  }
}
