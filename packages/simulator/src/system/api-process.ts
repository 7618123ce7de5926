import type { Command } from "@holdfast/domain";
import { Engine, reservationHints } from "@holdfast/engine";
import type { Lane } from "../checks/shedding.ts";
import { type Reply, replyTo } from "../people/reply.ts";
import type { World } from "../world.ts";
import { Connection } from "./connection.ts";

/** An API process: a real engine behind a network. It can die at any moment. */
export class ApiProcess {
  readonly #name: string;
  readonly #world: World;
  #life: { readonly engine: Lane; readonly connection: Connection } | undefined;
  /** Requests under way, each as a function that breaks its client's connection. */
  #underWay = new Set<() => void>();

  constructor(name: string, world: World) {
    this.#name = name;
    this.#world = world;
    this.start();
  }

  start(): void {
    if (this.#life !== undefined) return;
    const { database, redis, time, newId, planted, history, limits, shedding } = this.#world;
    const connection = new Connection(database, { crash: () => this.crash(), hinder: () => {} });
    const store = shedding.watched(planted.store?.(connection, time) ?? connection);
    const afterCommit = reservationHints(redis, redis);
    const parts = { store, newBatchId: newId, afterCommit, clock: time, limits };
    this.#life = { connection, engine: planted.engine?.(parts) ?? new Engine(parts) };
    history.note(this.#name, "starts");
  }

  /** kill -9, and a restart some time later. */
  crash(): void {
    if (this.#life === undefined) return;
    const { time, random, history } = this.#world;
    history.note(this.#name, "crashes");
    this.#life.connection.break();
    this.#life = undefined;
    const lost = this.#underWay;
    this.#underWay = new Set();
    for (const lose of lost) lose();
    time.after(random.between(50, 3_000), () => this.start());
  }

  /** Sends a request over the network. Resolves when the client has an answer or its connection breaks. */
  ask(command: Command): Promise<Reply> {
    const { time, random, faults } = this.#world;
    return new Promise((resolve) => {
      const reply = (what: Reply) => void time.after(random.between(1, 5), () => resolve(what));
      if (faults.strikes("request lost")) {
        time.after(random.between(100, 1_000), () => resolve({ kind: "unknown" }));
        return;
      }
      time.after(random.between(1, 5), () => {
        if (this.#life === undefined) reply({ kind: "not_written" });
        else this.#serve(this.#life.engine, command, reply);
      });
    });
  }

  #serve(engine: Lane, command: Command, reply: (what: Reply) => void): void {
    const underWay = this.#underWay;
    const lose = () => reply({ kind: "unknown" });
    underWay.add(lose);
    const settle = (what: Reply) => {
      // A dead process answers nothing.
      if (underWay !== this.#underWay) return;
      underWay.delete(lose);
      if (this.#world.faults.strikes("reply lost")) lose();
      else reply(what);
    };
    void replyTo(this.#world.shedding.submit(engine, command)).then(settle);
  }
}
