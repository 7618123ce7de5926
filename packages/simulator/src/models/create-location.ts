import type { Claim, CommandOf } from "@holdfast/domain";
import { unexpected } from "../checks/witness.ts";
import type { Person } from "../people/person.ts";
import { type Body, type CommandModel, shopKey } from "./command-model.ts";

type CreateLocation = CommandOf<"CreateLocation">;

export const createLocationModel: CommandModel<CreateLocation> = {
  occasions: [{ when: "anytime", weight: () => 0.04, ask: openSome }],
  *replyFaults(witness, { command, reply, to }) {
    const { locationId, claim } = command;
    const opened = witness.locations.opened(locationId);
    if (reply.kind === "ok") {
      if (opened === undefined || !isAsAsked(command, opened)) yield `${locationId} was acknowledged and is not there`;
    } else if (reply.kind === "refused" && reply.failure.code === "location_exists") {
      if (opened === undefined || opened.from > to) yield `${locationId} was said to exist`;
    } else if (reply.kind === "refused" && reply.failure.code === "idempotency_key_reused") {
      yield* witness.reusedKey("locations", claim);
    } else if (reply.kind !== "not_written") yield* unexpected("CreateLocation", reply);
  },
  sequence: {
    share: 0.08,
    draw: ({ random, locationId, id, claim }) => createLocation({ locationId, ...randomPlace(random) }, id, claim),
  },
};

/** Whether a location is as it was asked for. */
export function isAsAsked(
  { name, priority, active }: Partial<Pick<CreateLocation, "name" | "priority" | "active">>,
  state: Pick<CreateLocation, "name" | "priority" | "active">,
): boolean {
  return (
    (name === undefined || name === state.name) &&
    (priority === undefined || priority === state.priority) &&
    (active === undefined || active === state.active)
  );
}

/** It names its location itself, and needs no id. */
export function createLocation(body: Body<CreateLocation>, _id: string, claim?: Claim): CreateLocation {
  return { type: "CreateLocation", actor: shopKey, ...body, ...(claim && { claim }) };
}

export function randomPlace(random: Person["world"]["random"]): Pick<CreateLocation, "name" | "priority" | "active"> {
  return { name: `Place ${random.between(1, 2)}`, priority: random.between(0, 3), active: true };
}

/** Someone opens a place of the shop, which may be there already; at times two do at once. */
async function openSome(person: Person): Promise<void> {
  const { random, crowd } = person.world;
  const open = () =>
    person.askUnderKey(() => ({ locationId: random.pick(crowd.locations), ...randomPlace(random) }), createLocation);
  await Promise.all(random.chance(0.3) ? [open(), open()] : [open()]);
}
