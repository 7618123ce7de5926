import type { Drift, RecordKind } from "@holdfast/domain";
import { Counter, Gauge, type Registry } from "prom-client";

/** What the auditor has checked so far, and what it has found. */
export interface AuditorFigures {
  readonly levels: number;
  readonly rounds: number;
  /** `undefined` until the first round is complete. */
  readonly lastRoundMs: number | undefined;
  /** Levels that do not add up now. */
  readonly driftLevels: number;
  /** The same by the counter that is off. A level counts once for each of its counters that is off. */
  readonly driftLevelsByCounter: Readonly<Record<Drift["counter"], number>>;
  /** Orders whose money does not add up now. */
  readonly driftOrders: number;
  /** Unreadable records that it has met and that are still unreadable. */
  readonly unreadableRecords: Readonly<Record<RecordKind, number>>;
}

/** Adds the auditor's metrics to a registry. Calls `figures` at each scrape. */
export function auditorMetrics(registry: Registry, figures: () => AuditorFigures): void {
  const registers = [registry];
  const counted = (name: string, help: string, read: (figures: AuditorFigures) => number) =>
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read(figures()));
      },
    });
  const shown = (name: string, help: string, read: (figures: AuditorFigures) => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read(figures()));
      },
    });

  counted("holdfast_auditor_levels_total", "Stock levels added up anew.", ({ levels }) => levels);
  counted("holdfast_auditor_rounds_total", "Rounds over all stock levels that are over.", ({ rounds }) => rounds);
  shown(
    "holdfast_auditor_last_round_seconds",
    "How long the last whole round took; +Inf before the first is over.",
    ({ lastRoundMs = Number.POSITIVE_INFINITY }) => lastRoundMs / 1_000,
  );
  shown("holdfast_drift_levels", "Stock levels that do not add up now.", ({ driftLevels }) => driftLevels);
  new Gauge({
    name: "holdfast_drift_figure_levels",
    help: "Stock levels that do not add up now, by the figure that is off.",
    labelNames: ["figure"],
    registers,
    collect() {
      for (const [figure, levels] of Object.entries(figures().driftLevelsByCounter)) this.set({ figure }, levels);
    },
  });
  shown("holdfast_drift_orders", "Orders whose money does not add up now.", ({ driftOrders }) => driftOrders);
  new Gauge({
    name: "holdfast_unreadable_records",
    help: "Stored records that cannot be read, by kind.",
    labelNames: ["kind"],
    registers,
    collect() {
      for (const [kind, records] of Object.entries(figures().unreadableRecords)) this.set({ kind }, records);
    },
  });
}
