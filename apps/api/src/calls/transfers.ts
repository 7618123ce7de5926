import { openUnits, type ReceiptId, type Transfer, type TransferId } from "@holdfast/domain";
import { entityWith } from "@holdfast/engine";
import { routes, transferSchema } from "@holdfast/http-contract";
import { z } from "zod";
import { answerPage, readPage } from "../answer-page.ts";
import { answerFailure, answerProblem } from "../answer-problem.ts";
import { answerTagged } from "../answer-shown.ts";
import type { App, AppParts } from "../app-parts.ts";
import { commandCalls } from "./command-call.ts";

const transferPlace = z.tuple([z.literal("transfer"), z.string()]).transform(([, id]) => id);
const receiptPlace = z.tuple([z.literal("receipt"), z.string()]).transform(([, id]) => id);

export function transferCalls(app: App, parts: AppParts): void {
  const { queries, newId } = parts;
  const commandCall = commandCalls(app, parts);

  commandCall(
    routes.createTransfer,
    "CreateTransfer",
    ({ body }) => ({ transferId: `trf_${newId()}` as TransferId, ...body }),
    transferView,
    ({ id }) => `/v1/transfers/${id}`,
  );
  commandCall(routes.shipTransfer, "ShipTransfer", ({ param }) => ({ transferId: param.id }), transferView);
  commandCall(
    routes.receiveTransfer,
    "ReceiveTransfer",
    ({ param, body }) => ({ receiptId: `rct_${newId()}` as ReceiptId, transferId: param.id, ...body }),
    (receipt) => receipt,
    ({ transferId }) => `/v1/transfers/${transferId}/receipts`,
  );
  commandCall(
    routes.closeTransfer,
    "CloseTransfer",
    ({ param, body }) => ({ transferId: param.id, ...body }),
    transferView,
  );
  commandCall(routes.cancelTransfer, "CancelTransfer", ({ param }) => ({ transferId: param.id }), transferView);

  app.openapi(routes.listTransfers, async (c) => {
    const { status, locationId, sku, ...paging } = c.req.valid("query");
    const leg = { ...(sku !== undefined && { sku }), ...(locationId !== undefined && { locationId }) };
    const filter = {
      ...(status !== undefined && { status }),
      ...(Object.keys(leg).length > 0 && { legs: leg }),
    };
    const page = await readPage(paging, {
      place: transferPlace,
      read: (each) => queries.list("transfers", filter, each),
      placeOf: ({ id }) => ["transfer", id],
    });
    if (page === undefined) return answerProblem(c, "invalid_cursor");
    return answerPage(c, routes.listTransfers, page, transferView);
  });

  app.openapi(routes.readTransfer, async (c) => {
    const transferId = c.req.valid("param").id;
    const transfer = await entityWith(queries, "transfers", transferId);
    if (transfer === undefined) return answerFailure(c, { code: "transfer_not_found", transferId });
    return answerTagged(c, transferSchema, transferView(transfer), transfer.version);
  });

  app.openapi(routes.listReceipts, async (c) => {
    const transferId = c.req.valid("param").id;
    const page = await readPage(c.req.valid("query"), {
      place: receiptPlace,
      read: (each) => queries.list("receipts", { transferId }, each),
      placeOf: ({ id }) => ["receipt", id],
    });
    if (page === undefined) return answerProblem(c, "invalid_cursor");
    if ((await entityWith(queries, "transfers", transferId)) === undefined)
      return answerFailure(c, { code: "transfer_not_found", transferId });
    return answerPage(c, routes.listReceipts, page, (receipt) => receipt);
  });
}

function transferView(transfer: Transfer) {
  return {
    ...transfer,
    lines: transfer.lines.map((line) => ({
      receivedQuantity: 0,
      lostQuantity: 0,
      returnedQuantity: 0,
      ...line,
      openQuantity: openUnits(line),
    })),
  };
}
