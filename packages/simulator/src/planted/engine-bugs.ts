import { Engine, Overloaded } from "@holdfast/engine";
import type { Lane } from "../checks/shedding.ts";
import type { Planted } from "../world.ts";

/** An engine whose answers differ from the real one's. */
function answering(change: (lane: Lane, waitMsMax: number, now: () => number) => Lane["submit"]): Planted {
  return {
    engine: (parts) => {
      const lane = new Engine(parts);
      const submit = change(lane, parts.limits.waitMsMax, () => parts.clock.now());
      return {
        get queued() {
          return lane.queued;
        },
        submit,
      };
    },
  };
}

/** Mistakes in which commands an engine sheds. */
export const engineBugs: Readonly<Record<string, Planted>> = {
  "the queue has no bound": {
    engine: (parts) => new Engine({ ...parts, limits: { ...parts.limits, queueMax: Number.POSITIVE_INFINITY } }),
  },
  "a command that has waited too long is decided": {
    engine: (parts) => new Engine({ ...parts, limits: { ...parts.limits, waitMsMax: Number.POSITIVE_INFINITY } }),
  },
  "a command is shed though there is room": {
    engine: (parts) => new Engine({ ...parts, limits: { ...parts.limits, queueMax: 1, batchMax: 1 } }),
  },
  "a command is shed after its commit": answering((lane, waitMsMax, now) => async (command) => {
    const deadline = now() + waitMsMax;
    const answer = await lane.submit(command);
    if (now() > deadline) throw new Overloaded("took too long");
    return answer;
  }),
  "a command that is shed is never answered": answering((lane) => async (command) => {
    try {
      return await lane.submit(command);
    } catch (error) {
      if (error instanceof Overloaded) await new Promise(() => {});
      throw error;
    }
  }),
};
