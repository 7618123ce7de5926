import { type ReservationId, reservationIdOf } from "@holdfast/domain";
import { orderId } from "@holdfast/domain/testing";
import type { ReservationCache } from "@holdfast/engine";

/** A cache whose every answer a test decides. */
export class ScriptedCache implements ReservationCache {
  readonly shownAlive = new Set<ReservationId>();
  readonly dropped: ReservationId[] = [];

  show(name: string): void {
    this.shownAlive.add(reservationIdOf(orderId(name), 1));
  }

  note({ dropped }: Parameters<ReservationCache["note"]>[0]): void {
    this.dropped.push(...dropped);
  }

  async find(): Promise<undefined> {
    return undefined;
  }

  async alive(ids: readonly ReservationId[]): Promise<ReadonlySet<ReservationId>> {
    return new Set(ids.filter((id) => this.shownAlive.has(id)));
  }
}
