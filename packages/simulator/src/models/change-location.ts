import type { CommandOf, LocationId, Quantity } from "@holdfast/domain";
import { unexpected } from "../checks/witness.ts";
import type { Person } from "../people/person.ts";
import { type Body, type CommandModel, shopKey } from "./command-model.ts";
import { isAsAsked, randomPlace } from "./create-location.ts";
import { placeOrder } from "./place-order.ts";

type ChangeLocation = CommandOf<"ChangeLocation">;

export const changeLocationModel: CommandModel<ChangeLocation> = {
  occasions: [{ when: "anytime", weight: () => 0.06, ask: edit }],
  *replyFaults(witness, { command, reply, from, to }) {
    const { locationId, ifVersion } = command;
    const states = witness.locations.between(locationId, from, to);
    if (reply.kind === "ok") {
      if (!states.some((state) => isAsAsked(command, state)))
        yield `the change of ${locationId} was acknowledged and is lost`;
    } else if (reply.kind === "refused" && reply.failure.code === "location_changed") {
      const { version } = reply.failure;
      const isStale = ifVersion !== undefined && ifVersion !== version;
      if (!isStale || !states.some((state) => state.version === version))
        yield `${locationId} was falsely said to have changed`;
    } else if (reply.kind === "refused" && reply.failure.code === "location_not_found") {
      yield* witness.noLocations(reply.failure.locationIds, from);
    } else if (reply.kind !== "not_written") yield* unexpected("ChangeLocation", reply);
  },
  *historyFaults(witness, requests) {
    // Each version is one that was asked for, of the version that its caller had seen.
    const states = witness.locations.all();
    for (const [index, state] of states.entries()) {
      if (state.version === 1) continue;
      const before = states[index - 1];
      const asked = requests.some(
        (request) =>
          request.locationId === state.id &&
          isAsAsked(request, state) &&
          (request.ifVersion === undefined || request.ifVersion === before?.version),
      );
      if (!asked) yield `version ${state.version} of ${state.id} was asked for of no version before it`;
    }
  },
  sequence: {
    share: 0.06,
    draw: ({ random, locationId }) => {
      const ifVersion = random.chance(0.3) ? { ifVersion: random.between(1, 3) } : {};
      const { name, priority } = randomPlace(random);
      const active = random.chance(0.7);
      return changeLocation({ locationId, ...random.pick([{ name }, { priority }, { active }]), ...ifVersion });
    },
  },
};

/** Someone edits a place as it was when they looked, or closes it for a moment. */
async function edit(person: Person): Promise<void> {
  const { random, crowd, database, time } = person.world;
  const locationId = random.pick(crowd.locations);
  if (random.chance(0.3)) {
    // Shoppers of the same moment, at other processes.
    const rush = Array.from({ length: random.pick([0, 3, 6]) }, () => buyOne(person, locationId));
    await Promise.all([person.ask(() => changeLocation({ locationId, active: false })), ...rush]);
    await time.sleep(random.between(0, 200));
    await person.ask(() => changeLocation({ locationId, active: true }));
    return;
  }
  const seen = database.tables.entities.locations.get(locationId)?.version;
  const ask = async () => {
    const { name, priority } = randomPlace(random);
    if (random.chance(0.3)) await time.sleep(random.between(0, 100));
    const ifVersion = seen === undefined || random.chance(0.2) ? {} : { ifVersion: seen };
    const change = random.pick([{ name }, { priority }, { name, priority }]);
    await person.ask(() => changeLocation({ locationId, ...change, ...ifVersion }));
  };
  // Two people at times, who have seen the same.
  await Promise.all(random.chance(0.5) ? [ask(), ask()] : [ask()]);
}

async function buyOne(person: Person, locationId: LocationId): Promise<void> {
  const { random, crowd, time } = person.world;
  await time.sleep(random.between(0, 20));
  const body = { locationId, lines: [{ sku: random.pick(crowd.skus), quantity: 1 as Quantity }], holdSeconds: 2 };
  await person.ask((id) => placeOrder(body, id), { as: "'s rival", repeat: "once" });
}

function changeLocation(body: Body<ChangeLocation>): ChangeLocation {
  return { type: "ChangeLocation", actor: shopKey, ...body };
}
