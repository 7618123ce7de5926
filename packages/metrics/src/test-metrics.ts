import { type RecordKind, recordKinds } from "@holdfast/domain";
import {
  auditorMetrics,
  dueMetrics,
  engineMetrics,
  feedConsumerMetrics,
  feedReaderMetrics,
  loopMetrics,
  processMetrics,
  Registry,
  redisMetrics,
  requestMetrics,
} from "./index.ts";

const noRecords = Object.fromEntries(recordKinds.map((kind) => [kind, 0])) as Record<RecordKind, number>;

/** For tests: everything that any process of Holdfast shows. */
export function everyMetric() {
  const registry = new Registry();
  processMetrics(registry, "test");
  const observe = requestMetrics(registry);
  const api = engineMetrics(registry, "api");
  redisMetrics(registry, () => true);
  feedReaderMetrics(registry, () => ({ stream: 3, poll: 1 }));
  const ran = loopMetrics(registry)({ name: "level_audit", totals: { ok: 5, failed: 1, sinceSuccessMs: 1_500 } });
  const swept = dueMetrics(registry)("reservation_expiry");
  const progress = { position: 40, behind: 2 };
  const work = async () => ({ restMs: 0 });
  feedConsumerMetrics(registry, [{ name: "relay", progress, work }]);
  auditorMetrics(registry, () => ({
    levels: 120,
    rounds: 2,
    lastRoundMs: 2_500,
    driftLevels: 2,
    driftLevelsByCounter: {
      totalStock: 1,
      reservedStock: 2,
      committedStock: 0,
      unsellableStock: 0,
      incomingStock: 0,
      version: 0,
    },
    driftOrders: 3,
    unreadableRecords: { ...noRecords, stock_level: 1, order: 2 },
  }));
  return { registry, observe, api, ran, swept };
}
