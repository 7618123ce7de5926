import {
  idsByTime,
  noReservationCache,
  Outage,
  OutageLog,
  Overloaded,
  RecordUnreadable,
  systemClock,
  systemTimers,
  UnreadableLog,
} from "@holdfast/engine";
import { HTTPException } from "hono/http-exception";
import { answerOutage, answerProblem } from "./answer-problem.ts";
import type { App, AppParts, GivenParts } from "./app-parts.ts";
import { apiKeyCalls } from "./calls/api-keys.ts";
import { customerCalls } from "./calls/customers.ts";
import { eventCalls } from "./calls/events.ts";
import { fulfilmentCalls } from "./calls/fulfilments.ts";
import { levelCalls } from "./calls/levels.ts";
import { locationCalls } from "./calls/locations.ts";
import { operationCalls } from "./calls/operations.ts";
import { orderStreamCalls } from "./calls/order-streams.ts";
import { orderCalls } from "./calls/orders.ts";
import { productCalls } from "./calls/products.ts";
import { reservationCalls } from "./calls/reservations.ts";
import { reversalCalls } from "./calls/reversals.ts";
import { stockCalls } from "./calls/stock.ts";
import { stockCountCalls } from "./calls/stock-counts.ts";
import { transferCalls } from "./calls/transfers.ts";
import { DescribedApp } from "./described-app.ts";
import { docsPage } from "./docs-page.ts";
import { headCalls } from "./head-calls.ts";
import { KeyRing } from "./key-ring.ts";
import { MemoryRateLimiter } from "./memory-rate-limiter.ts";
import { answerOrigins } from "./middleware/answer-origins.ts";
import { askAgain } from "./middleware/ask-again.ts";
import { askScope } from "./middleware/ask-scope.ts";
import { authenticate } from "./middleware/authenticate.ts";
import { compressLists } from "./middleware/compress-lists.ts";
import { inTurn, under } from "./middleware/in-turn.ts";
import { knownMethods } from "./middleware/known-methods.ts";
import { limitBody } from "./middleware/limit-body.ts";
import { limitRate } from "./middleware/limit-rate.ts";
import { refuseForeign } from "./middleware/refuse-foreign.ts";
import { requireJson } from "./middleware/require-json.ts";
import { watchRequests } from "./middleware/watch-requests.ts";
import { openApiPage } from "./open-api-page.ts";
import { reportUnreadable } from "./report-unreadable.ts";
import { ShortageDetails } from "./shortage-details.ts";

const outageTexts = {
  failing: "outage: requests are answered 503",
  over: "the outage is over: requests are answered again",
};

const shedTexts = {
  failing: "shedding: more comes in than can be committed in time",
  over: "nothing is shed any more",
};

/** The Holdfast API as a plain fetch handler. Does no I/O before the first request. */
export function createApp(given: GivenParts): App {
  const unreadable = new UnreadableLog(given.logger, given.clock);
  const parts: AppParts = reportUnreadable({ ...partsOfItsOwn(), ...given }, unreadable);
  const { settings, logger, apiKeys, rateLimiter, clock = systemClock, metrics } = parts;
  const { apiKeys: environment, mayBeOpen } = settings;
  const keyRing = new KeyRing({ environment, apiKeys, mayBeOpen, clock });
  parts.onKeysChanged?.(() => keyRing.changed());
  const outages = new OutageLog(logger, outageTexts);
  const shed = new OutageLog(logger, shedTexts, { quietMs: 1_000 });
  const app: App = new DescribedApp();

  app.use(watchRequests(logger, metrics?.observeRequest, () => outages.worked()));
  app.use(
    inTurn(
      ...(mayBeOpen && environment.size === 0 ? [refuseForeign(keyRing, settings.corsOrigins)] : []),
      under("/v1/", answerOrigins(app, settings.corsOrigins)),
      knownMethods(app),
      under(
        "/v1/",
        authenticate(keyRing, parts.queries),
        limitRate(rateLimiter, settings),
        askScope,
        requireJson,
        limitBody(settings.bodyBytesMax),
        askAgain,
      ),
    ),
  );

  compressLists(app);
  headCalls(app, parts);
  productCalls(app, parts);
  locationCalls(app, parts);
  orderCalls(app, parts, new ShortageDetails(parts.queries, clock));
  customerCalls(app, parts);
  fulfilmentCalls(app, parts);
  reversalCalls(app, parts);
  reservationCalls(app, parts);
  stockCalls(app, parts);
  stockCountCalls(app, parts);
  levelCalls(app, parts);
  transferCalls(app, parts);
  apiKeyCalls(app, parts, keyRing);
  const timers = { now: () => clock.now(), after: parts.after ?? systemTimers.after };
  eventCalls(app, parts, timers);
  orderStreamCalls(app, parts, timers);
  operationCalls(app, parts);
  openApiPage(app);
  if (parts.docsFiles !== undefined) docsPage(app, parts.docsFiles);

  app.notFound((c) => answerProblem(c, "not_found"));
  app.onError((error, c) => {
    if (error instanceof Overloaded) {
      shed.failed({});
      return answerOutage(c, error);
    }
    if (error instanceof RecordUnreadable) {
      unreadable.see(error.record);
      return answerOutage(c, error);
    }
    if (error instanceof Outage) {
      outages.failed({ requestId: c.get("requestId"), err: error });
      return answerOutage(c, error);
    }
    if (error instanceof HTTPException && error.status < 500) {
      return answerProblem(c, "malformed_request", { detail: error.message });
    }
    logger.error({ requestId: c.get("requestId"), err: error }, "bug");
    return answerProblem(c, "internal_error");
  });
  return app;
}

function partsOfItsOwn() {
  return { cache: noReservationCache, rateLimiter: new MemoryRateLimiter(), newId: idsByTime(), health: [] };
}
