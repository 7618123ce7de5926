// Made from the API's OpenAPI document: `vitest run packages/client -u` makes it anew.

/** Every call: what it takes, and what it answers. */
export interface Calls {
  /** Create a product. */
  "products.create": {
    path: [];
    input: [body: ProductRequest];
    answer: Product;
    problem: ProductsCreateProblem;
  };
  /** List products, or search for some. */
  "products.list": {
    path: [];
    input: [query?: { q?: string; sku?: readonly (string)[]; archived?: "true" | "false"; stock?: "in" | "low" | "out"; lowStock?: number; sort?: "sku" | "name" | "createdAt" | "-sku" | "-name" | "-createdAt"; limit?: number; cursor?: string }];
    answer: ProductPage;
    problem: ProductsListProblem;
  };
  /** Change a product: its name, its price, its policies, whether it is archived. */
  "products.change": {
    path: [sku: string];
    input: [body: ProductChange];
    answer: Product;
    problem: ProductsChangeProblem;
  };
  /** Read a product and its stock. */
  "products.read": {
    path: [sku: string];
    input: [];
    answer: Product;
    problem: ProductsReadProblem;
  };
  /** Open a place that holds stock. */
  "locations.create": {
    path: [];
    input: [body: LocationRequest];
    answer: Location;
    problem: LocationsCreateProblem;
  };
  /** List locations. */
  "locations.list": {
    path: [];
    input: [query?: { limit?: number; cursor?: string }];
    answer: LocationPage;
    problem: LocationsListProblem;
  };
  /** Read a location. */
  "locations.read": {
    path: [id: string];
    input: [];
    answer: Location;
    problem: LocationsReadProblem;
  };
  /** Change a location: its name, its priority, whether it is active. */
  "locations.change": {
    path: [id: string];
    input: [body: LocationChange];
    answer: Location;
    problem: LocationsChangeProblem;
  };
  /** Place an order: hold its stock while the shopper pays. */
  "orders.place": {
    path: [];
    input: [body: OrderRequest];
    answer: Order;
    problem: OrdersPlaceProblem;
  };
  /** List orders, newest first. */
  "orders.list": {
    path: [];
    input: [query?: { status?: "PENDING_PAYMENT" | "CONFIRMED" | "CANCELLED" | "EXPIRED" | "FAILED"; customerId?: string; sku?: string; reference?: string; paymentReference?: string; metadata?: string; paymentOutcome?: "REFUND_DUE" | "REVIEW_DUE" | "REFUNDED"; from?: string; to?: string; limit?: number; cursor?: string }];
    answer: OrderPage;
    problem: OrdersListProblem;
  };
  /** Read an order. */
  "orders.read": {
    path: [id: string];
    input: [];
    answer: Order;
    problem: OrdersReadProblem;
  };
  /** Write your own reference and metadata on an order. */
  "orders.change": {
    path: [id: string];
    input: [body: OrderChange];
    answer: Order;
    problem: OrdersChangeProblem;
  };
  /** Change the lines of an order that is not paid, in one step. */
  "orders.changeLines": {
    path: [id: string];
    input: [body: OrderLinesRequest];
    answer: Order;
    problem: OrdersChangeLinesProblem;
  };
  /** Confirm an order: it is paid, its stock is sold. */
  "orders.confirm": {
    path: [id: string];
    input: [body?: ConfirmRequest];
    answer: Order;
    problem: OrdersConfirmProblem;
  };
  /** Cancel an order that is not paid: its stock goes back. */
  "orders.cancel": {
    path: [id: string];
    input: [];
    answer: Order;
    problem: OrdersCancelProblem;
  };
  /** Extend an order's reservation: its stock is held longer. */
  "orders.extend": {
    path: [id: string];
    input: [body: ExtendRequest];
    answer: Order;
    problem: OrdersExtendProblem;
  };
  /** End the review of a late payment: sell after all, or refund. */
  "orders.review": {
    path: [id: string];
    input: [body: ReviewRequest];
    answer: Order;
    problem: OrdersReviewProblem;
  };
  /** Report that a payment was refunded. */
  "orders.refund": {
    path: [id: string];
    input: [body: RefundRequest];
    answer: Order;
    problem: OrdersRefundProblem;
  };
  /** Erase a customer: a pseudonym takes the place of the id in every order. */
  "customers.erase": {
    path: [id: string];
    input: [];
    answer: Erasure;
    problem: CustomersEraseProblem;
  };
  /** Units of a paid order leave, all of them or some. */
  "orders.fulfil": {
    path: [id: string];
    input: [body: FulfilmentRequest];
    answer: Fulfilment;
    problem: OrdersFulfilProblem;
  };
  /** List what has left of an order, newest first. */
  "orders.listFulfilments": {
    path: [id: string];
    input: [query?: { limit?: number; cursor?: string }];
    answer: FulfilmentPage;
    problem: OrdersListFulfilmentsProblem;
  };
  /** Cancel units of a paid order before they leave, all of them or some. */
  "orders.cancelSold": {
    path: [id: string];
    input: [body: CancellationRequest];
    answer: Reversal;
    problem: OrdersCancelSoldProblem;
  };
  /** Units that had left come back: to be sold again, or not. */
  "orders.return": {
    path: [id: string];
    input: [body: ReturnRequest];
    answer: Reversal;
    problem: OrdersReturnProblem;
  };
  /** Money went back for what was cancelled or returned, all that is due or some of it. */
  "orders.repay": {
    path: [id: string];
    input: [body: RepaymentRequest];
    answer: Repayment;
    problem: OrdersRepayProblem;
  };
  /** List the money that went back for what was cancelled or returned, newest first. */
  "orders.listRepayments": {
    path: [id: string];
    input: [query?: { limit?: number; cursor?: string }];
    answer: RepaymentPage;
    problem: OrdersListRepaymentsProblem;
  };
  /** List what was cancelled after payment and what came back, newest first. */
  "orders.listReversals": {
    path: [id: string];
    input: [query?: { limit?: number; cursor?: string }];
    answer: ReversalPage;
    problem: OrdersListReversalsProblem;
  };
  /** List the latest reservation of each order, newest first. */
  "reservations.list": {
    path: [];
    input: [query?: { status?: "ACTIVE" | "CONFIRMED" | "CANCELLED" | "EXPIRED"; customerId?: string; sku?: string; limit?: number; cursor?: string }];
    answer: ReservationPage;
    problem: ReservationsListProblem;
  };
  /** Read a reservation. */
  "reservations.read": {
    path: [id: string];
    input: [];
    answer: Reservation;
    problem: ReservationsReadProblem;
  };
  /** Count stock up or down, or change its condition, with a reason. */
  "stock.adjust": {
    path: [];
    input: [body: StockAdjustmentRequest];
    answer: StockAdjustment;
    problem: StockAdjustProblem;
  };
  /** Change many levels, each by itself. */
  "stock.adjustMany": {
    path: [];
    input: [body: StockAdjustmentsRequest];
    answer: StockAdjustments;
    problem: StockAdjustManyProblem;
  };
  /** The ledger of a SKU: every change of its stock, newest first. */
  "stock.listMovements": {
    path: [];
    input: [query: { sku: string; limit?: number; cursor?: string }];
    answer: StockMovementPage;
    problem: StockListMovementsProblem;
  };
  /** Set a stock level that does not add up to what its sources add up to. */
  "stock.correct": {
    path: [];
    input: [body: StockCorrectionRequest];
    answer: StockCorrection;
    problem: StockCorrectProblem;
  };
  /** Check every counter against orders, adjustments, transfers and journal, now. */
  "stock.reconcile": {
    path: [];
    input: [query?: { sku?: string; levelsOnly?: "true" | "false" }];
    answer: Reconciliation;
    problem: StockReconcileProblem;
  };
  /** What adds up to a stock level's numbers, now or at a past instant. */
  "stock.explain": {
    path: [sku: string, location: string];
    input: [query?: { at?: string }];
    answer: Explanation;
    problem: StockExplainProblem;
  };
  /** Set how many units are there to what was counted. */
  "stock.count": {
    path: [];
    input: [body: StockCountRequest];
    answer: StockAdjustment;
    problem: StockCountProblem;
  };
  /** Set many levels to what was counted, each by itself. */
  "stock.countMany": {
    path: [];
    input: [body: StockCountsRequest];
    answer: StockCounts;
    problem: StockCountManyProblem;
  };
  /** Read a stock level. */
  "stock.readLevel": {
    path: [sku: string, location: string];
    input: [];
    answer: SoleStockLevel;
    problem: StockReadLevelProblem;
  };
  /** Set what is kept back of a stock level, or when it is low. */
  "stock.changeLevel": {
    path: [sku: string, location: string];
    input: [body: StockLevelChange];
    answer: SoleStockLevel;
    problem: StockChangeLevelProblem;
  };
  /** List what is promised and not there, and the orders that lack it. */
  "stock.listShortages": {
    path: [];
    input: [query?: { limit?: number; cursor?: string }];
    answer: ShortagePage;
    problem: StockListShortagesProblem;
  };
  /** List the levels that are low or sold out, with how long what is left lasts. */
  "stock.listLowStock": {
    path: [];
    input: [query?: { limit?: number; cursor?: string; locationId?: string; days?: number }];
    answer: LowStockPage;
    problem: StockListLowStockProblem;
  };
  /** Send units to another place, or expect them from a supplier. */
  "transfers.create": {
    path: [];
    input: [body: TransferRequest];
    answer: Transfer;
    problem: TransfersCreateProblem;
  };
  /** List transfers, newest first. */
  "transfers.list": {
    path: [];
    input: [query?: { status?: "PENDING" | "IN_TRANSIT" | "RECEIVED" | "CLOSED" | "CANCELLED"; locationId?: string; sku?: string; limit?: number; cursor?: string }];
    answer: TransferPage;
    problem: TransfersListProblem;
  };
  /** A PENDING transfer leaves its source, all of it. */
  "transfers.ship": {
    path: [id: string];
    input: [];
    answer: Transfer;
    problem: TransfersShipProblem;
  };
  /** Units of a transfer arrive, all of them or some. */
  "transfers.receive": {
    path: [id: string];
    input: [body: ReceiptRequest];
    answer: Receipt;
    problem: TransfersReceiveProblem;
  };
  /** What of a transfer has not arrived is lost. */
  "transfers.close": {
    path: [id: string];
    input: [body: TransferClose];
    answer: Transfer;
    problem: TransfersCloseProblem;
  };
  /** What of a transfer has not arrived stays, or is back. */
  "transfers.cancel": {
    path: [id: string];
    input: [];
    answer: Transfer;
    problem: TransfersCancelProblem;
  };
  /** Read a transfer. */
  "transfers.read": {
    path: [id: string];
    input: [];
    answer: Transfer;
    problem: TransfersReadProblem;
  };
  /** List what has arrived of a transfer, newest first. */
  "transfers.listReceipts": {
    path: [id: string];
    input: [query?: { limit?: number; cursor?: string }];
    answer: ReceiptPage;
    problem: TransfersListReceiptsProblem;
  };
  /** Make an API key, which is shown this once. */
  "apiKeys.create": {
    path: [];
    input: [body: ApiKeyRequest];
    answer: CreatedApiKey;
    problem: ApiKeysCreateProblem;
  };
  /** List API keys, newest first, revoked ones too. */
  "apiKeys.list": {
    path: [];
    input: [query?: { limit?: number; cursor?: string }];
    answer: ApiKeyPage;
    problem: ApiKeysListProblem;
  };
  /** Revoke an API key, for good. */
  "apiKeys.revoke": {
    path: [id: string];
    input: [];
    answer: ApiKey;
    problem: ApiKeysRevokeProblem;
  };
  /** The feed: everything that happened, oldest first, each event once. */
  "events.list": {
    path: [];
    input: [query?: { waitSeconds?: number; limit?: number; cursor?: string }];
    answer: EventPage;
    problem: EventsListProblem;
  };
  /** The feed as server-sent events. */
  "events.stream": {
    path: [];
    input: [query?: { cursor?: string; token?: string }];
    answer: never;
    problem: EventsStreamProblem;
  };
  /** Make a token with which a page opens the feed's stream. */
  "events.createStreamToken": {
    path: [];
    input: [];
    answer: StreamToken;
    problem: EventsCreateStreamTokenProblem;
  };
  /** Follow an order: as it is, and as it becomes, as server-sent events. */
  "orders.stream": {
    path: [id: string];
    input: [query?: { token?: string }];
    answer: never;
    problem: OrdersStreamProblem;
  };
  /** Make a token with which a page follows an order. */
  "orders.createStreamToken": {
    path: [id: string];
    input: [];
    answer: StreamToken;
    problem: OrdersCreateStreamTokenProblem;
  };
}

/** How each call is sent: its method and path, what it takes beside the path, whether an idempotency key or the tag of what was read makes a repeat harmless, and whether a shopper shows an order's token. */
export const calls = {
  "products.create": {"method":"POST","path":"/v1/products","takes":"body","keyed":true,"guarded":false,"ofShopper":false,"tries":false},
  "products.list": {"method":"GET","path":"/v1/products","takes":"query","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "products.change": {"method":"PATCH","path":"/v1/products/{sku}","takes":"body","keyed":false,"guarded":true,"ofShopper":false,"tries":false},
  "products.read": {"method":"GET","path":"/v1/products/{sku}","takes":"nothing","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "locations.create": {"method":"POST","path":"/v1/locations","takes":"body","keyed":true,"guarded":false,"ofShopper":false,"tries":false},
  "locations.list": {"method":"GET","path":"/v1/locations","takes":"query","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "locations.read": {"method":"GET","path":"/v1/locations/{id}","takes":"nothing","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "locations.change": {"method":"PATCH","path":"/v1/locations/{id}","takes":"body","keyed":false,"guarded":true,"ofShopper":false,"tries":false},
  "orders.place": {"method":"POST","path":"/v1/orders","takes":"body","keyed":true,"guarded":false,"ofShopper":true,"tries":true},
  "orders.list": {"method":"GET","path":"/v1/orders","takes":"query","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "orders.read": {"method":"GET","path":"/v1/orders/{id}","takes":"nothing","keyed":false,"guarded":false,"ofShopper":true,"tries":false},
  "orders.change": {"method":"PATCH","path":"/v1/orders/{id}","takes":"body","keyed":false,"guarded":true,"ofShopper":false,"tries":false},
  "orders.changeLines": {"method":"PUT","path":"/v1/orders/{id}/lines","takes":"body","keyed":true,"guarded":true,"ofShopper":true,"tries":false},
  "orders.confirm": {"method":"POST","path":"/v1/orders/{id}/confirm","takes":"body","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "orders.cancel": {"method":"POST","path":"/v1/orders/{id}/cancel","takes":"nothing","keyed":false,"guarded":false,"ofShopper":true,"tries":false},
  "orders.extend": {"method":"POST","path":"/v1/orders/{id}/extend","takes":"body","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "orders.review": {"method":"POST","path":"/v1/orders/{id}/review","takes":"body","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "orders.refund": {"method":"POST","path":"/v1/orders/{id}/refunds","takes":"body","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "customers.erase": {"method":"DELETE","path":"/v1/customers/{id}","takes":"nothing","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "orders.fulfil": {"method":"POST","path":"/v1/orders/{id}/fulfilments","takes":"body","keyed":true,"guarded":false,"ofShopper":false,"tries":false},
  "orders.listFulfilments": {"method":"GET","path":"/v1/orders/{id}/fulfilments","takes":"query","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "orders.cancelSold": {"method":"POST","path":"/v1/orders/{id}/cancellations","takes":"body","keyed":true,"guarded":false,"ofShopper":false,"tries":false},
  "orders.return": {"method":"POST","path":"/v1/orders/{id}/returns","takes":"body","keyed":true,"guarded":false,"ofShopper":false,"tries":false},
  "orders.repay": {"method":"POST","path":"/v1/orders/{id}/repayments","takes":"body","keyed":true,"guarded":false,"ofShopper":false,"tries":false},
  "orders.listRepayments": {"method":"GET","path":"/v1/orders/{id}/repayments","takes":"query","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "orders.listReversals": {"method":"GET","path":"/v1/orders/{id}/reversals","takes":"query","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "reservations.list": {"method":"GET","path":"/v1/reservations","takes":"query","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "reservations.read": {"method":"GET","path":"/v1/reservations/{id}","takes":"nothing","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "stock.adjust": {"method":"POST","path":"/v1/stock-adjustments","takes":"body","keyed":true,"guarded":false,"ofShopper":false,"tries":false},
  "stock.adjustMany": {"method":"POST","path":"/v1/stock-adjustments/batch","takes":"body","keyed":true,"guarded":false,"ofShopper":false,"tries":false},
  "stock.listMovements": {"method":"GET","path":"/v1/stock-movements","takes":"query","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "stock.correct": {"method":"POST","path":"/v1/reconciliation/corrections","takes":"body","keyed":true,"guarded":false,"ofShopper":false,"tries":false},
  "stock.reconcile": {"method":"GET","path":"/v1/reconciliation","takes":"query","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "stock.explain": {"method":"GET","path":"/v1/stock-levels/{sku}/{location}/explain","takes":"query","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "stock.count": {"method":"POST","path":"/v1/stock-counts","takes":"body","keyed":true,"guarded":false,"ofShopper":false,"tries":false},
  "stock.countMany": {"method":"POST","path":"/v1/stock-counts/batch","takes":"body","keyed":true,"guarded":false,"ofShopper":false,"tries":false},
  "stock.readLevel": {"method":"GET","path":"/v1/stock-levels/{sku}/{location}","takes":"nothing","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "stock.changeLevel": {"method":"PATCH","path":"/v1/stock-levels/{sku}/{location}","takes":"body","keyed":false,"guarded":true,"ofShopper":false,"tries":false},
  "stock.listShortages": {"method":"GET","path":"/v1/shortages","takes":"query","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "stock.listLowStock": {"method":"GET","path":"/v1/low-stock","takes":"query","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "transfers.create": {"method":"POST","path":"/v1/transfers","takes":"body","keyed":true,"guarded":false,"ofShopper":false,"tries":false},
  "transfers.list": {"method":"GET","path":"/v1/transfers","takes":"query","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "transfers.ship": {"method":"POST","path":"/v1/transfers/{id}/ship","takes":"nothing","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "transfers.receive": {"method":"POST","path":"/v1/transfers/{id}/receive","takes":"body","keyed":true,"guarded":false,"ofShopper":false,"tries":false},
  "transfers.close": {"method":"POST","path":"/v1/transfers/{id}/close","takes":"body","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "transfers.cancel": {"method":"POST","path":"/v1/transfers/{id}/cancel","takes":"nothing","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "transfers.read": {"method":"GET","path":"/v1/transfers/{id}","takes":"nothing","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "transfers.listReceipts": {"method":"GET","path":"/v1/transfers/{id}/receipts","takes":"query","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "apiKeys.create": {"method":"POST","path":"/v1/api-keys","takes":"body","keyed":true,"guarded":false,"ofShopper":false,"tries":false},
  "apiKeys.list": {"method":"GET","path":"/v1/api-keys","takes":"query","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "apiKeys.revoke": {"method":"POST","path":"/v1/api-keys/{id}/revoke","takes":"nothing","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "events.list": {"method":"GET","path":"/v1/events","takes":"query","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "events.stream": {"method":"GET","path":"/v1/events/stream","takes":"query","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "events.createStreamToken": {"method":"POST","path":"/v1/events/stream-tokens","takes":"nothing","keyed":false,"guarded":false,"ofShopper":false,"tries":false},
  "orders.stream": {"method":"GET","path":"/v1/orders/{id}/stream","takes":"query","keyed":false,"guarded":false,"ofShopper":true,"tries":false},
  "orders.createStreamToken": {"method":"POST","path":"/v1/orders/{id}/stream-tokens","takes":"nothing","keyed":false,"guarded":false,"ofShopper":true,"tries":false},
} as const;

export type Product = {
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** 1 to 255 characters. */
  readonly name: string;
  readonly price: Price;
  /** When it was created. */
  readonly createdAt: string;
  /** Whether it is off sale. */
  readonly archived: boolean;
  /** Since when it is off sale. */
  readonly archivedAt?: string;
  readonly policies?: ProductPolicies;
  /** Physically there. */
  readonly totalStock: number;
  /** Held by ACTIVE reservations, and by transfers that have yet to leave. */
  readonly reservedStock: number;
  /** Sold, not yet shipped. */
  readonly committedStock: number;
  /** Kept back on purpose. */
  readonly safetyStock: number;
  /** There, and cannot be sold: damaged, in quality control. */
  readonly unsellableStock: number;
  /** In transit, or expected from a supplier: not there, and not to be promised. */
  readonly incomingStock: number;
  /** What an order that names no location can still get of what is there: at the locations that are active. Below zero where none is there and units are owed, on backorder or after a loss that was booked with `acceptShortage`. The other numbers count all locations. */
  readonly availableStock: number;
  /** Promised and not there: on backorder, or after such a loss. */
  readonly shortStock: number;
  /** The same numbers, location by location, closed ones too. */
  readonly levels: readonly (ProductStockLevel)[];
};

/** What one unit costs. */
export type Price = {
  /** Whole minor units: cents of EUR, yen of JPY, fils (a thousandth) of KWD, as ISO 4217 has them. */
  readonly amount: number;
  /** ISO 4217 code in force; those that were withdrawn are refused. */
  readonly currency: string;
};

/** Its own rules of sale. Absent: it has none. */
export type ProductPolicies = {
  readonly purchaseLimit?: PurchaseLimit;
  /** Units that may be promised beyond what is there, at each place that has stock of it: `availableStock` of a level goes down to as many below zero. They leave once they have come. */
  readonly backorderLimit?: number;
  /** The fewest units of it in one order. */
  readonly minimumQuantity?: number;
  /** The most units of it in one order. */
  readonly maximumQuantity?: number;
  /** The quantity in an order must be a multiple of this: a crate of six. */
  readonly quantityMultiple?: number;
  /** How long an order is held that names no `holdSeconds`, in place of HOLD_SECONDS. A cart of several products takes the shortest. */
  readonly holdSeconds?: number;
  /** The most that an order of it may be held, extensions included. A cart of several products takes the shortest. */
  readonly holdSecondsMax?: number;
  /** A preorder: it is sold before this instant, and its units leave from then on. Orders keep the release they were placed with; the product's own says when they may leave. */
  readonly releaseAt?: string;
};

/** How many units of it one customer may buy within a time: what is held, and what is sold and neither cancelled nor returned. Orders of it need a `customerId`, so keys for `checkout` cannot place them. Counts orders from when it was set. */
export type PurchaseLimit = {
  /** Units of it. */
  readonly quantity: number;
  /** Seconds before an order in which units count. */
  readonly windowSeconds: number;
};

/** A product's numbers at one location. */
export type ProductStockLevel = StockLevel & {
  /** Whether its location is. Where it is not, nothing new is promised: `availableStock` says what could be if it were. */
  readonly active: boolean;
};

export type StockLevel = {
  /** A place that holds stock. `main` exists from the start. */
  readonly locationId: string;
  /** Counts the level's movements, without a gap. */
  readonly version: number;
  /** Physically there. */
  readonly totalStock: number;
  /** Held by ACTIVE reservations, and by transfers that have yet to leave. */
  readonly reservedStock: number;
  /** Sold, not yet shipped. */
  readonly committedStock: number;
  /** Kept back on purpose. */
  readonly safetyStock: number;
  /** There, and cannot be sold: damaged, in quality control. */
  readonly unsellableStock: number;
  /** In transit, or expected from a supplier: not there, and not to be promised. */
  readonly incomingStock: number;
  /** What can still be promised. Below zero where units are owed: on backorder, or after a loss that was booked with `acceptShortage`. */
  readonly availableStock: number;
  /** Promised and not there: on backorder, or after such a loss. */
  readonly shortStock: number;
  /** At how few available units it is low. Absent: it never is. */
  readonly lowStockThreshold?: number;
};

export type ProductsCreateProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "idempotency_key_reused" | "internal_error" | "malformed_request" | "outcome_unknown" | "overloaded" | "policies_contradictory" | "product_exists" | "rate_limited" | "record_unreadable" | "sku_differs_by_case" | "stock_limit_exceeded" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

/** The order with the payment that was refused: it is recorded there. Only of a payment that sells nothing. */
export type Order = {
  /** The order's id. */
  readonly id: string;
  /** PENDING_PAYMENT: its stock is held. CONFIRMED: paid and sold. CANCELLED, EXPIRED: its stock went back. FAILED: paid too late, and the stock had gone. */
  readonly status: "PENDING_PAYMENT" | "CONFIRMED" | "CANCELLED" | "EXPIRED" | "FAILED";
  /** Your own name for the shopper. */
  readonly customerId?: string;
  /** Your own id for the order. Several orders may have the same. */
  readonly reference?: string;
  /** Short texts of your own, by name: at most 20, of 4096 characters together, names included. Write nothing secret here, and nothing that names a shopper. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Where its units are. Of an order that is split over several locations, the first of them: `allocations` say all. */
  readonly locationId: string;
  /** What was ordered, one line a SKU. */
  readonly lines: readonly (OrderLine)[];
  /** NONE: nothing of it has left. PARTIAL: some of it has. FULFILLED: all that was sold. */
  readonly fulfilmentStatus: "NONE" | "PARTIAL" | "FULFILLED";
  readonly total: Total;
  /** Only in the answer to an order that a key for `checkout` places: with it as `Order-Token`, the same shopper reads, changes and cancels the order. Keep it as you keep a password. */
  readonly orderToken?: string;
  /** Minor units that are due back for what was cancelled or returned. Absent while nothing was. What the payment paid is sold, refunded or due. */
  readonly refundDue?: number;
  /** Minor units that went back for what was cancelled or returned. */
  readonly refunded?: number;
  /** The order whose place it took. */
  readonly replaces?: string;
  /** When it was placed. */
  readonly placedAt: string;
  /** When it was sold, cancelled, expired or failed. */
  readonly endedAt?: string;
  readonly reservation: OrderReservation;
  /** Every payment that you reported, in the order in which they came. At most one of them sold something. */
  readonly payments: readonly (Payment)[];
};

export type OrderLine = {
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** As it was at checkout. */
  readonly name: string;
  /** Units of the SKU: lines of one SKU are put together. */
  readonly quantity: number;
  /** As it was at checkout. */
  readonly unitPrice: Price;
  /** Units of it that have left. Absent while none has. */
  readonly fulfilledQuantity?: number;
  /** Units of it that were cancelled after payment and before they left. */
  readonly cancelledQuantity?: number;
  /** Units of it that had left and came back. */
  readonly returnedQuantity?: number;
  /** Units of it that were not there at checkout, and have to come first. Absent where its product took no backorders. */
  readonly backorderedQuantity?: number;
  /** Of a preorder: the release that its product had at checkout. It leaves no earlier than the product says. */
  readonly releaseAt?: string;
  /** From where its units come, in the order in which they leave by themselves. */
  readonly allocations: readonly (OrderAllocation)[];
};

export type OrderAllocation = {
  /** A place that holds stock. `main` exists from the start. */
  readonly locationId: string;
  /** Units of the SKU: lines of one SKU are put together. */
  readonly quantity: number;
  /** Units of it that have left. Absent while none has. */
  readonly fulfilledQuantity?: number;
  /** Units of it that were cancelled after payment and before they left. */
  readonly cancelledQuantity?: number;
  /** Units of it that had left and came back. */
  readonly returnedQuantity?: number;
  /** Units of it that were not there at checkout, and have to come first. Absent where its product took no backorders. */
  readonly backorderedQuantity?: number;
};

/** The sum of its lines. */
export type Total = {
  /** Whole minor units (cents). Exact: an order that would cost more is refused. */
  readonly amount: number;
  /** ISO 4217 code in force; those that were withdrawn are refused. */
  readonly currency: string;
};

/** Its latest reservation of stock. */
export type OrderReservation = {
  /** The reservation's id. */
  readonly id: string;
  /** ACTIVE while it holds stock; the others say how it ended. */
  readonly status: "ACTIVE" | "CONFIRMED" | "CANCELLED" | "EXPIRED";
  /** Until when it holds the stock, unless it is paid before. */
  readonly expiresAt: string;
};

/** A payment that you reported, and what became of it. */
export type Payment = {
  /** The payment's id at your payment provider. */
  readonly reference?: string;
  /** When you reported it. */
  readonly at: string;
  /** ON_TIME: it sold what was held. REHELD: it came after the reservation had run out, and sold what was still there. REFUND_DUE: it sold nothing, and the money is due back. REVIEW_DUE: it came too late, and a person has yet to decide. REFUNDED: the money went back. */
  readonly outcome: "ON_TIME" | "REHELD" | "REFUND_DUE" | "REVIEW_DUE" | "REFUNDED";
  readonly review?: PaymentReview;
  readonly refund?: PaymentRefund;
};

/** How a person decided, where the payment was too late and the shop reviews such. */
export type PaymentReview = {
  /** SELL: sell after all, if the stock is there. REFUND: the money goes back. */
  readonly decision: "SELL" | "REFUND";
  /** When it was decided. */
  readonly at: string;
};

/** How the money went back. */
export type PaymentRefund = {
  /** The refund's id at your payment provider. */
  readonly reference?: string;
  /** When you reported it. */
  readonly at: string;
};

/** A line, field or record that is wrong, with the figures that `message` names. */
export type ProblemItem = {
  /** What is wrong with it, for people. */
  readonly message: string;
  /** The field of the request, where it is one. */
  readonly path?: string;
  /** The SKU, where it is about one. */
  readonly sku?: string;
  /** The location, where it is about one. */
  readonly locationId?: string;
  /** Units that were asked for. */
  readonly requested?: number;
  /** Units that could have been had. Of `more_than_sold`: that have yet to leave. Of `more_than_shipped`: that are outside. Of `more_than_in_transit`: that are on their way. */
  readonly available?: number;
  /** Of `insufficient_stock`: when the next reservation of these units runs out, unless it is paid before. Absent where that is far off. */
  readonly nextExpiry?: string;
  /** Of `insufficient_stock`: other locations that have units of it, those with the most first. */
  readonly elsewhere?: readonly (OtherLocation)[];
  /** Of `quantity_not_allowed`: the fewest units in one order, where there is a bound. */
  readonly minimumQuantity?: number;
  /** The most units in one order, where there is a bound. */
  readonly maximumQuantity?: number;
  /** What the units of an order are a multiple of, where they have to be. */
  readonly quantityMultiple?: number;
  /** Of `not_yet_released`: from when on the units may leave. */
  readonly releaseAt?: string;
  /** Of `purchase_limit_exceeded`: units that the customer holds or has bought in the time. */
  readonly purchased?: number;
  /** Units that one customer may have. */
  readonly quantityMax?: number;
  /** Seconds in which units count. */
  readonly windowSeconds?: number;
  /** Of `hold_limit_exceeded`: whose reservations are too many. */
  readonly holder?: "customer" | "key";
  /** Units that the holder has reserved. */
  readonly held?: number;
  /** Units that the holder may have reserved. */
  readonly unitsMax?: number;
  /** Of `drift_changed`: a figure of the stock level. */
  readonly counter?: string;
  /** What the stock level says. */
  readonly counted?: number;
  /** What its sources add up to. */
  readonly expected?: number;
  /** Of `record_unreadable`: what kind of record it is. */
  readonly kind?: string;
  /** The key of that record. */
  readonly id?: string;
  /** What is wrong with that record. */
  readonly reason?: string;
};

export type OtherLocation = {
  /** Another location. */
  readonly locationId: string;
  /** Units that can be had there. */
  readonly available: number;
};

export type Problem = {
  /** The code as a URN, as RFC 9457 wants it. */
  readonly type: string;
  /** What the code means, for people. */
  readonly title: string;
  /** The answer's HTTP status. */
  readonly status: number;
  /** What is wrong. Stable; go by this. */
  readonly code: string;
  /** What is wrong this time, for people. */
  readonly detail?: string;
  /** Names the request in Holdfast's log. */
  readonly requestId?: string;
  /** With `feed_restarted`: the beginning of the feed as it is now. */
  readonly nextCursor?: string;
  readonly order?: Order;
  /** One a line or field. */
  readonly errors?: readonly (ProblemItem)[];
};

export type ProductRequest = {
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** 1 to 255 characters. */
  readonly name: string;
  readonly price: Price;
  /** First stock at `main`; none if left out. */
  readonly totalStock?: number;
  readonly policies?: ProductPoliciesRequest;
};

/** A product's own rules of sale. Each that is absent sets no bound. */
export type ProductPoliciesRequest = {
  readonly purchaseLimit?: PurchaseLimit;
  /** Units that may be promised beyond what is there, at each place that has stock of it: `availableStock` of a level goes down to as many below zero. They leave once they have come. */
  readonly backorderLimit?: number;
  /** The fewest units of it in one order. */
  readonly minimumQuantity?: number;
  /** The most units of it in one order. */
  readonly maximumQuantity?: number;
  /** The quantity in an order must be a multiple of this: a crate of six. */
  readonly quantityMultiple?: number;
  /** How long an order is held that names no `holdSeconds`, in place of HOLD_SECONDS. A cart of several products takes the shortest. */
  readonly holdSeconds?: number;
  /** The most that an order of it may be held, extensions included. A cart of several products takes the shortest. */
  readonly holdSecondsMax?: number;
  /** A preorder: it is sold before this instant, and its units leave from then on. Orders keep the release they were placed with; the product's own says when they may leave. */
  readonly releaseAt?: string;
};

export type ProductPage = {
  /** At most `limit`. */
  readonly data: readonly (Product | Unreadable)[];
  /** `cursor` of the next page; null on the last one. */
  readonly nextCursor: string | null;
};

/** A stored record that cannot be read: somebody has to mend it. The rest of the list is as ever. */
export type Unreadable = {
  /** Tells it from what can be read. */
  readonly unreadable: true;
  /** What kind of record it is. */
  readonly kind: "product" | "location" | "stock_level" | "order" | "payment" | "adjustment" | "correction" | "holding" | "fulfilment" | "taken_sku" | "reversal" | "repayment" | "transfer" | "receipt" | "purchases" | "line_change" | "journal_entry" | "api_key" | "feed_segment" | "tally";
  /** The record's own key; of a `stock_level` and a `tally` `sku@location`, of a `payment` `order@number`. */
  readonly id: string;
  /** What is wrong with it. */
  readonly reason: string;
};

export type ProductsListProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "invalid_cursor" | "malformed_request" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable";
};

export type ProductsChangeProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "malformed_request" | "outcome_unknown" | "overloaded" | "policies_contradictory" | "product_changed" | "product_not_found" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type ProductChange = {
  /** 1 to 255 characters. */
  readonly name?: string;
  readonly price?: Price;
  /** `true` takes it off sale, `false` puts it back. */
  readonly archived?: boolean;
  readonly policies?: ProductPoliciesChange;
};

/** What is left out stays; `null` takes a policy away. */
export type ProductPoliciesChange = {
  /** Units that may be promised beyond what is there, at each place that has stock of it: `availableStock` of a level goes down to as many below zero. They leave once they have come. */
  readonly backorderLimit?: number | null;
  readonly purchaseLimit?: PurchaseLimitChange;
  /** The fewest units of it in one order. */
  readonly minimumQuantity?: number | null;
  /** The most units of it in one order. */
  readonly maximumQuantity?: number | null;
  /** The quantity in an order must be a multiple of this: a crate of six. */
  readonly quantityMultiple?: number | null;
  /** How long an order is held that names no `holdSeconds`, in place of HOLD_SECONDS. A cart of several products takes the shortest. */
  readonly holdSeconds?: number | null;
  /** The most that an order of it may be held, extensions included. A cart of several products takes the shortest. */
  readonly holdSecondsMax?: number | null;
  /** A preorder: it is sold before this instant, and its units leave from then on. Orders keep the release they were placed with; the product's own says when they may leave. */
  readonly releaseAt?: string | null;
};

/** How many units of it one customer may buy within a time. */
export type PurchaseLimitChange = {
  /** Units of it. */
  readonly quantity: number;
  /** Seconds before an order in which units count. */
  readonly windowSeconds: number;
} | null;

export type ProductsReadProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "malformed_request" | "overloaded" | "product_not_found" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable";
};

export type Location = {
  /** A place that holds stock. `main` exists from the start. */
  readonly id: string;
  /** 1 to 255 characters, for people. */
  readonly name: string;
  /** Of two places the one with the lower number promises first; of two that have the same, the first by id. */
  readonly priority: number;
  /** Whether anything new is promised there. What was promised before is confirmed, shipped and returned as ever. */
  readonly active: boolean;
};

export type LocationsCreateProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "idempotency_key_reused" | "internal_error" | "location_exists" | "malformed_request" | "outcome_unknown" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type LocationRequest = {
  /** A place that holds stock. `main` exists from the start. */
  readonly id: string;
  /** 1 to 255 characters, for people. */
  readonly name: string;
  /** Of two places the one with the lower number promises first; of two that have the same, the first by id. */
  readonly priority?: number;
  /** Whether anything new is promised there. What was promised before is confirmed, shipped and returned as ever. */
  readonly active?: boolean;
};

export type LocationPage = {
  /** At most `limit`. */
  readonly data: readonly (Location | Unreadable)[];
  /** `cursor` of the next page; null on the last one. */
  readonly nextCursor: string | null;
};

export type LocationsListProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "invalid_cursor" | "malformed_request" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable";
};

export type LocationsReadProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "location_not_found" | "malformed_request" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable";
};

export type LocationsChangeProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "location_changed" | "location_not_found" | "malformed_request" | "outcome_unknown" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type LocationChange = {
  /** 1 to 255 characters, for people. */
  readonly name?: string;
  /** Of two places the one with the lower number promises first; of two that have the same, the first by id. */
  readonly priority?: number;
  /** Whether anything new is promised there. What was promised before is confirmed, shipped and returned as ever. */
  readonly active?: boolean;
};

export type OrdersPlaceProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "currency_mismatch" | "customer_required" | "forbidden" | "foreign_host" | "foreign_origin" | "hold_limit_exceeded" | "hold_too_long" | "idempotency_key_reused" | "insufficient_stock" | "internal_error" | "location_inactive" | "location_not_found" | "malformed_request" | "order_not_found" | "order_not_replaceable" | "order_total_too_large" | "outcome_unknown" | "overloaded" | "product_archived" | "product_not_found" | "purchase_limit_exceeded" | "quantity_not_allowed" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type OrderRequest = {
  /** All of them are held, or none. A SKU on two lines asks for the sum. */
  readonly lines: readonly (OrderRequestLine)[];
  /** Your own name for the shopper. */
  readonly customerId?: string;
  /** Your own id for the order. Several orders may have the same. */
  readonly reference?: string;
  /** Short texts of your own, by name: at most 20, of 4096 characters together, names included. Write nothing secret here, and nothing that names a shopper. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** From where all units have to come. Default: they are allocated over the locations that are active, as ALLOCATE_BY says. */
  readonly locationId?: string;
  /** How long the stock is held for payment. Default: the shortest `holdSeconds` of its products' policies, or else HOLD_SECONDS. */
  readonly holdSeconds?: number;
  /** An order of the same `customerId` that is not paid: this one takes over its units and it ends CANCELLED, both or neither. With a key for `checkout` send its `Order-Token`. */
  readonly replaces?: string;
};

export type OrderRequestLine = {
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** Units that are asked for. */
  readonly quantity: number;
  /** From where this line's units have to come. Default: the order's. */
  readonly locationId?: string;
};

export type OrderPage = {
  /** At most `limit`. */
  readonly data: readonly (Order | Unreadable)[];
  /** `cursor` of the next page; null on the last one. */
  readonly nextCursor: string | null;
};

export type OrdersListProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "invalid_cursor" | "malformed_request" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable";
};

export type OrdersReadProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "malformed_request" | "order_not_found" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable";
};

export type OrdersChangeProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "malformed_request" | "metadata_too_large" | "order_changed" | "order_not_found" | "outcome_unknown" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type OrderChange = {
  /** Your own id for the order. null takes it away. */
  readonly reference?: string | null;
  /** Entry by entry: what is left out stays, and null takes an entry away. null in place of all takes all away. */
  readonly metadata?: Readonly<Record<string, string | null>>;
};

export type OrdersChangeLinesProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "currency_mismatch" | "customer_required" | "forbidden" | "foreign_host" | "foreign_origin" | "hold_limit_exceeded" | "idempotency_key_reused" | "insufficient_stock" | "internal_error" | "location_inactive" | "location_not_found" | "malformed_request" | "order_changed" | "order_not_changeable" | "order_not_found" | "order_total_too_large" | "outcome_unknown" | "overloaded" | "product_archived" | "product_not_found" | "purchase_limit_exceeded" | "quantity_not_allowed" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type OrderLinesRequest = {
  /** All that the order is to have. A SKU on two lines asks for the sum. */
  readonly lines: readonly (ChangedLine)[];
};

export type ChangedLine = {
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** Units that are asked for. */
  readonly quantity: number;
  /** From where this line's units have to come: those that the order has elsewhere are moved there. Default: they stay where they are, and more comes from where the order is and then, unless its places were named, from other active locations. */
  readonly locationId?: string;
};

export type OrdersConfirmProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "late_payment_refund_due" | "late_payment_review_due" | "malformed_request" | "order_already_paid" | "order_not_confirmable" | "order_not_found" | "outcome_unknown" | "overloaded" | "rate_limited" | "record_unreadable" | "too_many_payments" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type ConfirmRequest = {
  /** The payment's id at your payment provider. It tells a repeat from a second payment: send it always. Without one, whatever payment the order has is meant. */
  readonly paymentReference?: string;
};

export type OrdersCancelProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "malformed_request" | "order_not_cancellable" | "order_not_found" | "outcome_unknown" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type OrdersExtendProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "hold_too_long" | "internal_error" | "malformed_request" | "order_not_extendable" | "order_not_found" | "outcome_unknown" | "overloaded" | "payment_not_named" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type ExtendRequest = {
  /** Until when the stock is to be held. An earlier instant than it is held until anyway changes nothing. */
  readonly expiresAt: string;
  /** The payment that is under way, by its id at your payment provider. Needed with EXTEND_FOR=payment. */
  readonly paymentReference?: string;
};

export type OrdersReviewProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "insufficient_stock" | "internal_error" | "malformed_request" | "order_not_found" | "order_not_reviewable" | "outcome_unknown" | "overloaded" | "purchase_limit_exceeded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type ReviewRequest = {
  /** SELL: sell after all, if the stock is there. REFUND: the money goes back. */
  readonly decision: "SELL" | "REFUND";
};

export type OrdersRefundProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "malformed_request" | "order_not_found" | "outcome_unknown" | "overloaded" | "payment_not_found" | "rate_limited" | "record_unreadable" | "refund_not_due" | "refunded_otherwise" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type RefundRequest = {
  /** Of the payment that was refunded. Absent: the payment that was reported without one. */
  readonly paymentReference?: string;
  /** The refund's id at your payment provider. */
  readonly refundReference?: string;
};

export type Erasure = {
  /** Orders in which the id was replaced by this call. */
  readonly orders: number;
  /** Whether no order is left that has it. False after some ten seconds of a long list: send the same request again. */
  readonly complete: boolean;
};

export type CustomersEraseProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "malformed_request" | "outcome_unknown" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

/** Units of an order that have left. */
export type Fulfilment = {
  /** The fulfilment's id. */
  readonly id: string;
  /** The order's id. */
  readonly orderId: string;
  /** What has left. */
  readonly lines: readonly (FulfilmentLine)[];
  /** Your own id for it: a shipment, a tracking number. */
  readonly reference?: string;
  /** How far the order was fulfilled right after it. */
  readonly fulfilmentStatus: "NONE" | "PARTIAL" | "FULFILLED";
  /** Who recorded it: an API key's name. */
  readonly actor: string;
  /** When it was recorded. */
  readonly at: string;
};

/** Units of one SKU that have left one place. */
export type FulfilmentLine = {
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** A place that holds stock. `main` exists from the start. */
  readonly locationId: string;
  /** Units of the SKU: lines of one SKU are put together. */
  readonly quantity: number;
};

export type OrdersFulfilProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "idempotency_key_reused" | "internal_error" | "location_not_found" | "malformed_request" | "more_than_sold" | "not_yet_released" | "nothing_to_fulfil" | "order_not_found" | "order_not_fulfillable" | "outcome_unknown" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type FulfilmentRequest = {
  /** What leaves. Default: all that has yet to leave. */
  readonly lines?: readonly (FulfilmentRequestLine)[];
  /** Your own id for it: a shipment, a tracking number. */
  readonly reference?: string;
};

export type FulfilmentRequestLine = {
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** From where they leave. Default: from where the order has them, its allocations in their order. */
  readonly locationId?: string;
  /** Units that leave. */
  readonly quantity: number;
};

export type FulfilmentPage = {
  /** At most `limit`. */
  readonly data: readonly (Fulfilment | Unreadable)[];
  /** `cursor` of the next page; null on the last one. */
  readonly nextCursor: string | null;
};

export type OrdersListFulfilmentsProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "invalid_cursor" | "malformed_request" | "order_not_found" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable";
};

/** Units that a paid order has given up: cancelled, or returned. */
export type Reversal = {
  /** The reversal's id. */
  readonly id: string;
  /** The order's id. */
  readonly orderId: string;
  /** CANCELLATION: before the units left. RETURN: after that. */
  readonly kind: "CANCELLATION" | "RETURN";
  /** What the order gave up. */
  readonly lines: readonly (ReversalLine)[];
  /** Minor units of the order's currency that it has made due back. */
  readonly refundDue: number;
  /** Your own id for it: a ticket, a return slip. */
  readonly reference?: string;
  /** Who recorded it: an API key's name. */
  readonly actor: string;
  /** When it was recorded. */
  readonly at: string;
};

export type ReversalLine = {
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** A place that holds stock. `main` exists from the start. */
  readonly locationId: string;
  /** Units of the SKU: lines of one SKU are put together. */
  readonly quantity: number;
  /** What became of the units: CANCELLED ones never left. */
  readonly disposition: "CANCELLED" | "RESTOCK" | "UNSELLABLE" | "DISCARD";
};

export type OrdersCancelSoldProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "idempotency_key_reused" | "internal_error" | "malformed_request" | "more_than_sold" | "nothing_to_reverse" | "order_not_found" | "order_not_reversible" | "outcome_unknown" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type CancellationRequest = {
  /** What is cancelled. Default: all that has yet to leave. */
  readonly lines?: readonly (CancellationLine)[];
  /** Your own id for it: a ticket, a return slip. */
  readonly reference?: string;
};

export type CancellationLine = {
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** Where the units come from. Default: from where the order has them, its allocations in their order. */
  readonly locationId?: string;
  /** Units that the order gives up. */
  readonly quantity: number;
};

export type OrdersReturnProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "idempotency_key_reused" | "internal_error" | "malformed_request" | "more_than_shipped" | "order_not_found" | "order_not_reversible" | "outcome_unknown" | "overloaded" | "rate_limited" | "record_unreadable" | "stock_limit_exceeded" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type ReturnRequest = {
  /** What has come back, and what becomes of it. */
  readonly lines: readonly (ReturnLine)[];
  /** Whether what it cost is due back. Default: true. */
  readonly refund?: boolean;
  /** Your own id for it: a ticket, a return slip. */
  readonly reference?: string;
};

export type ReturnLine = {
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** Where the units come from. Default: from where the order has them, its allocations in their order. */
  readonly locationId?: string;
  /** Units that the order gives up. */
  readonly quantity: number;
  /** RESTOCK: can be sold again. UNSELLABLE: is kept, and cannot be sold. DISCARD: is gone. */
  readonly disposition: "RESTOCK" | "UNSELLABLE" | "DISCARD";
};

/** Money that went back for what was cancelled or returned. */
export type Repayment = {
  /** The repayment's id. */
  readonly id: string;
  /** The order's id. */
  readonly orderId: string;
  /** Minor units of the order's currency. */
  readonly amount: number;
  /** The refund's id at your payment provider. */
  readonly reference?: string;
  /** Who recorded it: an API key's name. */
  readonly actor: string;
  /** When it was recorded. */
  readonly at: string;
};

export type OrdersRepayProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "idempotency_key_reused" | "internal_error" | "malformed_request" | "more_than_due" | "nothing_due" | "order_not_found" | "outcome_unknown" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type RepaymentRequest = {
  /** Minor units that went back. Default: all that are due. */
  readonly amount?: number;
  /** The refund's id at your payment provider. */
  readonly reference?: string;
};

export type ReversalPage = {
  /** At most `limit`. */
  readonly data: readonly (Reversal | Unreadable)[];
  /** `cursor` of the next page; null on the last one. */
  readonly nextCursor: string | null;
};

export type OrdersListReversalsProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "invalid_cursor" | "malformed_request" | "order_not_found" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable";
};

export type RepaymentPage = {
  /** At most `limit`. */
  readonly data: readonly (Repayment | Unreadable)[];
  /** `cursor` of the next page; null on the last one. */
  readonly nextCursor: string | null;
};

export type OrdersListRepaymentsProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "invalid_cursor" | "malformed_request" | "order_not_found" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable";
};

export type ReservationPage = {
  /** At most `limit`. */
  readonly data: readonly (Reservation | Unreadable)[];
  /** `cursor` of the next page; null on the last one. */
  readonly nextCursor: string | null;
};

export type Reservation = {
  /** The reservation's id. */
  readonly id: string;
  /** ACTIVE while it holds stock; the others say how it ended. */
  readonly status: "ACTIVE" | "CONFIRMED" | "CANCELLED" | "EXPIRED";
  /** Until when it holds the stock, unless it is paid before. */
  readonly expiresAt: string;
  /** The order's id. */
  readonly orderId: string;
  /** Your own name for the shopper. */
  readonly customerId?: string;
  /** Where its units are. Of an order that is split over several locations, the first of them: `allocations` say all. */
  readonly locationId: string;
  /** What it is about, one entry a SKU. */
  readonly lines: readonly (StockLine)[];
};

export type StockLine = {
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** Units of the SKU: lines of one SKU are put together. */
  readonly quantity: number;
  /** Where its units are. Absent where all lines are at `locationId`. */
  readonly allocations?: readonly (StockAllocation)[];
};

export type StockAllocation = {
  /** A place that holds stock. `main` exists from the start. */
  readonly locationId: string;
  /** Units of the SKU: lines of one SKU are put together. */
  readonly quantity: number;
};

export type ReservationsListProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "invalid_cursor" | "malformed_request" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable";
};

export type ReservationsReadProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "malformed_request" | "overloaded" | "rate_limited" | "record_unreadable" | "reservation_not_found" | "unauthorized" | "unavailable";
};

export type StockAdjustment = {
  /** The adjustment's id. */
  readonly id: string;
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** A place that holds stock. `main` exists from the start. */
  readonly locationId: string;
  /** Units added (above zero) or taken away (below). Of a count: the difference. */
  readonly delta: number;
  /** `TOTAL`: units that can be sold. `UNSELLABLE`: units that cannot. `CONDITION`: units there became unsellable (above zero) or sellable again. */
  readonly affects: "TOTAL" | "UNSELLABLE" | "CONDITION";
  /** Why. `initial`: the product's first stock; `count`: it was counted. */
  readonly reason: "restock" | "found" | "correction" | "damage" | "theft" | "loss" | "expired" | "quality_control" | "repaired" | "sample" | "internal_use" | "other" | "initial" | "count";
  /** Of a count: units found there in all. */
  readonly counted?: number;
  /** Your own words, for those who read the ledger. */
  readonly note?: string;
  /** Your own id for the cause. */
  readonly reference?: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** When it was booked. */
  readonly createdAt: string;
  /** The level right after it. */
  readonly level: StockLevel;
};

export type StockAdjustProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "idempotency_key_reused" | "internal_error" | "location_not_found" | "malformed_request" | "outcome_unknown" | "overloaded" | "product_not_found" | "rate_limited" | "record_unreadable" | "stock_limit_exceeded" | "stock_not_there" | "stock_promised" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type StockAdjustmentRequest = {
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** A place that holds stock. `main` exists from the start. */
  readonly locationId?: string;
  /** Units added (above zero) or taken away (below). Of `CONDITION`: that become unsellable (above zero) or sellable again. */
  readonly delta: number;
  /** `TOTAL`: units that can be sold come or go. `UNSELLABLE`: units that cannot be sold come or go. `CONDITION`: units that are there become unsellable, or sellable again. Default: `TOTAL`. */
  readonly affects?: "TOTAL" | "UNSELLABLE" | "CONDITION";
  /** Why. */
  readonly reason: "restock" | "found" | "correction" | "damage" | "theft" | "loss" | "expired" | "quality_control" | "repaired" | "sample" | "internal_use" | "other";
  /** Your own words, for those who read the ledger. */
  readonly note?: string;
  /** Your own id for the cause. */
  readonly reference?: string;
  /** `true` books a loss of units that are promised: `shortStock` shows it, nothing new is promised, and the next stock fills it. Default: it is refused. */
  readonly acceptShortage?: boolean;
};

export type StockAdjustments = {
  /** One for each adjustment, in the same order. */
  readonly data: readonly (StockAdjustmentAnswer)[];
};

export type StockAdjustmentAnswer = {
  /** As `/v1/stock-adjustments` would answer: 201 where it is done. */
  readonly status: number;
  /** Whether it was done before, under the same key. */
  readonly replayed: boolean;
  readonly problem?: PartProblem;
  /** The adjustment, where it is done. */
  readonly adjustment?: StockAdjustment;
};

/** Why it is not done, where it is not. */
export type PartProblem = {
  /** The code as a URN, as RFC 9457 wants it. */
  readonly type: string;
  /** What the code means, for people. */
  readonly title: string;
  /** The answer's HTTP status. */
  readonly status: number;
  /** What is wrong. Stable; go by this. */
  readonly code: string;
  /** What is wrong this time, for people. */
  readonly detail?: string;
  /** One a line or field. */
  readonly errors?: readonly (ProblemItem)[];
};

export type StockAdjustManyProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "idempotency_key_reused" | "internal_error" | "malformed_request" | "outcome_unknown" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type StockAdjustmentsRequest = {
  /** What has changed, one by one; at most 500. */
  readonly adjustments: readonly (StockAdjustmentRequest)[];
};

export type StockMovementPage = {
  /** At most `limit`. */
  readonly data: readonly (StockMovement | Unreadable)[];
  /** `cursor` of the next page; null on the last one. */
  readonly nextCursor: string | null;
};

export type StockMovement = {
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** When it moved. */
  readonly at: string;
  /** An adjustment's reason, or what happened. */
  readonly reason: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The order that moved it. */
  readonly orderId?: string;
  /** The adjustment that moved it. */
  readonly adjustmentId?: string;
  /** The correction that moved it. */
  readonly correctionId?: string;
  /** The fulfilment that moved it. */
  readonly fulfilmentId?: string;
  /** The cancellation or return that moved it. */
  readonly reversalId?: string;
  /** The transfer that moved it. */
  readonly transferId?: string;
  /** The receipt that moved it. */
  readonly receiptId?: string;
  /** Your own id for the cause. */
  readonly reference?: string;
  /** Your own words, for those who read the ledger. */
  readonly note?: string;
  readonly change: StockFigures;
  /** How many units its level was allowed to owe with it, where its product took backorders. */
  readonly backorderLimit?: number;
  /** The level right after it. */
  readonly after: StockLevel;
};

/** By how much each number changed. */
export type StockFigures = {
  /** Of units that are there. */
  readonly totalStock: number;
  /** Of units that are held. */
  readonly reservedStock: number;
  /** Of units that are sold. */
  readonly committedStock: number;
  /** Of units that cannot be sold. Absent: none. */
  readonly unsellableStock?: number;
  /** Of units that are on their way. Absent: none. */
  readonly incomingStock?: number;
};

export type StockListMovementsProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "invalid_cursor" | "malformed_request" | "overloaded" | "product_not_found" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable";
};

export type StockCorrection = {
  /** The correction's id. */
  readonly id: string;
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** A place that holds stock. `main` exists from the start. */
  readonly locationId: string;
  /** 2 to 255 characters, for those who read the ledger. */
  readonly reason: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** When it was corrected. */
  readonly createdAt: string;
  /** By how much each counter was set right. */
  readonly change: StockFigures;
  /** The level right after it. */
  readonly level: StockLevel;
};

export type StockCorrectProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "drift_changed" | "forbidden" | "foreign_host" | "foreign_origin" | "idempotency_key_reused" | "internal_error" | "location_not_found" | "malformed_request" | "nothing_to_correct" | "outcome_unknown" | "overloaded" | "product_not_found" | "rate_limited" | "record_unreadable" | "stock_promised" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type StockCorrectionRequest = {
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** A place that holds stock. `main` exists from the start. */
  readonly locationId?: string;
  /** 2 to 255 characters, for those who read the ledger. */
  readonly reason: string;
  readonly expected: ExpectedFigures;
  /** `true` books a loss of units that are promised: `shortStock` shows it, nothing new is promised, and the next stock fills it. Default: it is refused. */
  readonly acceptShortage?: boolean;
};

/** What the sources add up to, as you saw it in `/v1/reconciliation`. */
export type ExpectedFigures = {
  /** Sum of all adjustments, less what has left, with what came back to be sold again, and what transfers took away and brought. */
  readonly totalStock: number;
  /** Sum of the lines of PENDING_PAYMENT orders, and of transfers that have yet to leave. */
  readonly reservedStock: number;
  /** Sum of the lines of CONFIRMED orders, less what has left or was cancelled. */
  readonly committedStock: number;
  /** Sum of the adjustments, returns and receipts that cannot be sold. Default: 0. */
  readonly unsellableStock?: number;
  /** Sum of the transfers that are on their way, less what has arrived. Default: 0. */
  readonly incomingStock?: number;
};

export type Reconciliation = {
  /** Nothing drifts, and every record can be read. */
  readonly ok: boolean;
  /** How many levels were added up. */
  readonly levelsChecked: number;
  /** Figures that differ from their source. */
  readonly drift: readonly (Drift)[];
  /** Records that cannot be read. Every other one was compared. */
  readonly unreadable: readonly (UnreadableRecord)[];
};

export type Drift = {
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** A place that holds stock. `main` exists from the start. */
  readonly locationId: string;
  /** The figure of the level that is off. */
  readonly counter: "totalStock" | "reservedStock" | "committedStock" | "unsellableStock" | "incomingStock" | "version";
  /** What it was compared with. */
  readonly source: "orders" | "adjustments" | "transfers" | "journal";
  /** What the stock level says. */
  readonly counted: number;
  /** What the source adds up to. */
  readonly expected: number;
};

export type UnreadableRecord = {
  /** What kind of record it is. */
  readonly kind: "product" | "location" | "stock_level" | "order" | "payment" | "adjustment" | "correction" | "holding" | "fulfilment" | "taken_sku" | "reversal" | "repayment" | "transfer" | "receipt" | "purchases" | "line_change" | "journal_entry" | "api_key" | "feed_segment" | "tally";
  /** The record's own key; of a `stock_level` and a `tally` `sku@location`, of a `payment` `order@number`. */
  readonly id: string;
  /** What is wrong with it. */
  readonly reason: string;
};

export type StockReconcileProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "malformed_request" | "overloaded" | "product_not_found" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable";
};

export type Explanation = {
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** The moment that it is about. */
  readonly at: string;
  /** The level at that moment, as the journal has it. */
  readonly level: StockLevel;
  readonly adjustments: ExplainedAdjustments;
  readonly held: ExplainedOrders;
  /** Orders that are paid, shipped or not. */
  readonly sold: ExplainedOrders;
  readonly shipped: ExplainedFulfilments;
  readonly cancelled: ExplainedReversals;
  /** What has come back and is there, sellable or not. */
  readonly restocked: ExplainedReversals;
  readonly unsellable: ExplainedUnsellables;
  readonly awaiting: ExplainedTransfers;
  /** What has left with transfers, and did not come back. */
  readonly sent: ExplainedTransfers;
  /** What transfers bring, arrived or not, less what was lost on its way or went back. */
  readonly expected: ExplainedTransfers;
  readonly arrived: ExplainedReceipts;
  readonly corrections: ExplainedCorrections;
  /** What nothing else here explains: somebody edited the level. Corrections even it out. */
  readonly unexplained: StockFigures;
  /** False where an entry cannot be read: then every sum may lack units. */
  readonly complete: boolean;
  /** Journal entries that cannot be read, at most 200. */
  readonly unreadable: readonly (UnreadableRecord)[];
};

/** What has come and gone, sales apart, and what was counted. */
export type ExplainedAdjustments = {
  /** How many there are. */
  readonly count: number;
  /** Their units, added up. */
  readonly sum: number;
  /** Newest first, at most 200. */
  readonly newest: readonly (StockAdjustment)[];
};

/** Orders that hold reservedStock. */
export type ExplainedOrders = {
  /** How many there are. */
  readonly count: number;
  /** Their units, added up. */
  readonly sum: number;
  /** Newest first, at most 200. */
  readonly newest: readonly (ExplainedOrder)[];
};

export type ExplainedOrder = {
  /** The order's id. */
  readonly orderId: string;
  /** Its units of the SKU. */
  readonly units: number;
  /** When it was placed. */
  readonly placedAt: string;
};

/** What has left: it counts in totalStock and committedStock no more. */
export type ExplainedFulfilments = {
  /** How many there are. */
  readonly count: number;
  /** Their units, added up. */
  readonly sum: number;
  /** Newest first, at most 200. */
  readonly newest: readonly (ExplainedFulfilment)[];
};

export type ExplainedFulfilment = {
  /** The fulfilment's id. */
  readonly fulfilmentId: string;
  /** The order's id. */
  readonly orderId: string;
  /** Its units of the SKU. */
  readonly units: number;
  /** When they left. */
  readonly at: string;
};

/** What was cancelled after payment: it is sold no more. */
export type ExplainedReversals = {
  /** How many there are. */
  readonly count: number;
  /** Their units, added up. */
  readonly sum: number;
  /** Newest first, at most 200. */
  readonly newest: readonly (ExplainedReversal)[];
};

export type ExplainedReversal = {
  /** The reversal's id. */
  readonly reversalId: string;
  /** The order's id. */
  readonly orderId: string;
  /** Its units of the SKU. */
  readonly units: number;
  /** When it was recorded. */
  readonly at: string;
};

/** What cannot be sold: it became so, came back so, or was taken off again. */
export type ExplainedUnsellables = {
  /** How many there are. */
  readonly count: number;
  /** Their units, added up. */
  readonly sum: number;
  /** Newest first, at most 200. */
  readonly newest: readonly (ExplainedUnsellable)[];
};

export type ExplainedUnsellable = {
  /** The adjustment's id, where it was one. */
  readonly adjustmentId?: string;
  /** The return's id, where it was one. */
  readonly reversalId?: string;
  /** The receipt's id, where it was one. */
  readonly receiptId?: string;
  /** Units that became unsellable; below zero: that are no longer. */
  readonly units: number;
  /** When it was recorded. */
  readonly at: string;
};

/** What transfers that have yet to leave have reserved. */
export type ExplainedTransfers = {
  /** How many there are. */
  readonly count: number;
  /** Their units, added up. */
  readonly sum: number;
  /** Newest first, at most 200. */
  readonly newest: readonly (ExplainedTransfer)[];
};

export type ExplainedTransfer = {
  /** The transfer's id. */
  readonly transferId: string;
  /** Its units of the SKU. */
  readonly units: number;
  /** When it was created or shipped. */
  readonly at: string;
};

/** What has arrived with transfers, sellable or not. */
export type ExplainedReceipts = {
  /** How many there are. */
  readonly count: number;
  /** Their units, added up. */
  readonly sum: number;
  /** Newest first, at most 200. */
  readonly newest: readonly (ExplainedReceipt)[];
};

export type ExplainedReceipt = {
  /** The receipt's id. */
  readonly receiptId: string;
  /** The transfer's id. */
  readonly transferId: string;
  /** Its units of the SKU. */
  readonly units: number;
  /** When they arrived. */
  readonly at: string;
};

/** By how much reviewed corrections have moved each counter. */
export type ExplainedCorrections = {
  /** How many there are. */
  readonly count: number;
  /** Their changes, added up. */
  readonly sum: StockFigures;
  /** Newest first, at most 200. */
  readonly newest: readonly (StockCorrection)[];
};

export type StockExplainProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "location_not_found" | "malformed_request" | "overloaded" | "product_not_found" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable";
};

export type StockCountProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "idempotency_key_reused" | "internal_error" | "level_changed" | "location_not_found" | "malformed_request" | "outcome_unknown" | "overloaded" | "product_not_found" | "rate_limited" | "record_unreadable" | "stock_not_there" | "stock_promised" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type StockCountRequest = {
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** A place that holds stock. `main` exists from the start. */
  readonly locationId?: string;
  /** Units found there in all, those that cannot be sold included. */
  readonly counted: number;
  /** The level's `version` when they were counted: if it is another one by now, the answer is 412. Left out: whichever it is, for a system that knows of each sale. */
  readonly version?: number;
  /** Your own words, for those who read the ledger. */
  readonly note?: string;
  /** Your own id for the cause. */
  readonly reference?: string;
  /** `true` books a loss of units that are promised: `shortStock` shows it, nothing new is promised, and the next stock fills it. Default: it is refused. */
  readonly acceptShortage?: boolean;
};

export type StockCounts = {
  /** One for each count, in the same order. */
  readonly data: readonly (StockCountAnswer)[];
};

export type StockCountAnswer = {
  /** As `/v1/stock-counts` would answer: 201 where it is done. */
  readonly status: number;
  /** Whether it was done before, under the same key. */
  readonly replayed: boolean;
  readonly problem?: PartProblem;
  /** The count, where it is done. */
  readonly count?: StockAdjustment;
};

export type StockCountManyProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "idempotency_key_reused" | "internal_error" | "malformed_request" | "outcome_unknown" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type StockCountsRequest = {
  /** What was counted, level by level; at most 500. */
  readonly counts: readonly (StockCountRequest)[];
};

export type SoleStockLevel = {
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** A place that holds stock. `main` exists from the start. */
  readonly locationId: string;
  /** Counts the level's movements, without a gap. */
  readonly version: number;
  /** Physically there. */
  readonly totalStock: number;
  /** Held by ACTIVE reservations, and by transfers that have yet to leave. */
  readonly reservedStock: number;
  /** Sold, not yet shipped. */
  readonly committedStock: number;
  /** Kept back on purpose. */
  readonly safetyStock: number;
  /** There, and cannot be sold: damaged, in quality control. */
  readonly unsellableStock: number;
  /** In transit, or expected from a supplier: not there, and not to be promised. */
  readonly incomingStock: number;
  /** What can still be promised. Below zero where units are owed: on backorder, or after a loss that was booked with `acceptShortage`. */
  readonly availableStock: number;
  /** Promised and not there: on backorder, or after such a loss. */
  readonly shortStock: number;
  /** At how few available units it is low. Absent: it never is. */
  readonly lowStockThreshold?: number;
};

export type StockReadLevelProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "location_not_found" | "malformed_request" | "overloaded" | "product_not_found" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable";
};

export type ShortagePage = {
  /** At most `limit`. */
  readonly data: readonly (Shortage | Unreadable)[];
  /** `cursor` of the next page; null on the last one. */
  readonly nextCursor: string | null;
};

export type Shortage = {
  /** The level. Its `shortStock` is what is promised and not there. */
  readonly level: SoleStockLevel;
  /** The orders that lack it, the oldest promise first: what is there goes to older ones. */
  readonly orders: readonly (ShortOrder)[];
  /** Transfers that have yet to leave it and lack it first, the newest first: orders come before them. Cancel some, or stock the level up. */
  readonly transfers: readonly (ShortTransfer)[];
  /** Whether these are all of them: of a long list the newest are named. */
  readonly complete: boolean;
};

export type ShortOrder = {
  /** The order's id. */
  readonly orderId: string;
  /** PENDING_PAYMENT: reserved. CONFIRMED: sold. */
  readonly status: "PENDING_PAYMENT" | "CONFIRMED" | "CANCELLED" | "EXPIRED" | "FAILED";
  /** Your own name for the shopper. */
  readonly customerId?: string;
  /** When it was placed. */
  readonly placedAt: string;
  /** Units that the level has promised it and that have yet to leave. */
  readonly promised: number;
  /** Those of them that are not there. */
  readonly short: number;
};

export type ShortTransfer = {
  /** The transfer's id. */
  readonly transferId: string;
  /** Units that the level has reserved for it. */
  readonly reserved: number;
  /** Those of them that are not there. */
  readonly short: number;
};

export type StockListShortagesProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "invalid_cursor" | "malformed_request" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable";
};

export type LowStockPage = {
  /** At most `limit`. */
  readonly data: readonly (LowStock | Unreadable)[];
  /** `cursor` of the next page; null on the last one. */
  readonly nextCursor: string | null;
};

export type LowStock = {
  /** The level, with its threshold and what is available. */
  readonly level: SoleStockLevel;
  /** Units of orders that were paid, with what was cancelled or came back later: what was asked for. */
  readonly soldUnits: number;
  /** From when on they are counted: `days` ago, or the SKU's first order, or the oldest of its newest 2,000 orders, whichever is latest. */
  readonly soldSince: string;
  /** Days that what is available lasts at that rate. Absent: nothing was sold. */
  readonly daysOfCover?: number;
};

export type StockListLowStockProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "invalid_cursor" | "location_not_found" | "malformed_request" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable";
};

export type StockChangeLevelProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "level_changed" | "location_not_found" | "malformed_request" | "outcome_unknown" | "overloaded" | "product_not_found" | "rate_limited" | "record_unreadable" | "stock_promised" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type StockLevelChange = {
  /** Units to keep back. More than are available cannot be. */
  readonly safetyStock?: number;
  /** At how few available units it is low. `null`: it never is. */
  readonly lowStockThreshold?: number | null;
};

/** Units on their way to a place, from another one or from a supplier. */
export type Transfer = {
  /** The transfer's id. */
  readonly id: string;
  /** PENDING: reserved at its source. IN_TRANSIT: on its way, some of it may have arrived. RECEIVED: all has arrived. CLOSED: the rest was lost. CANCELLED: the rest stayed, came back, or will not be sent. */
  readonly status: "PENDING" | "IN_TRANSIT" | "RECEIVED" | "CLOSED" | "CANCELLED";
  /** The place that the units leave. Left out: a supplier sends them. */
  readonly fromLocationId?: string;
  /** The place at which they arrive. */
  readonly toLocationId: string;
  /** One for each SKU. */
  readonly lines: readonly (TransferLine)[];
  /** When it should arrive. */
  readonly expectedAt?: string;
  /** Your own id for it: a purchase order, a delivery note. */
  readonly reference?: string;
  /** Your own words, for those who read the ledger. */
  readonly note?: string;
  /** Who created it: an API key's name. */
  readonly actor: string;
  /** When it was created. */
  readonly createdAt: string;
  /** When it left. Absent where a supplier sends it. */
  readonly shippedAt?: string;
  /** When it was received in full, closed or cancelled. */
  readonly endedAt?: string;
  /** Of one that is CLOSED: why the rest was lost. */
  readonly lossReason?: "lost" | "damaged" | "theft" | "not_delivered" | "other";
};

export type TransferLine = {
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** Whole units. */
  readonly quantity: number;
  /** Units that have arrived, sellable or not. */
  readonly receivedQuantity: number;
  /** Units that were lost on their way. */
  readonly lostQuantity: number;
  /** Units that stayed, came back, or will not be sent. */
  readonly returnedQuantity: number;
  /** Units that have yet to leave or to arrive. */
  readonly openQuantity: number;
};

export type TransfersCreateProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "idempotency_key_reused" | "insufficient_stock" | "internal_error" | "location_inactive" | "location_not_found" | "malformed_request" | "outcome_unknown" | "overloaded" | "product_not_found" | "rate_limited" | "record_unreadable" | "same_location" | "stock_limit_exceeded" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type TransferRequest = {
  /** The place that the units leave. Left out: a supplier sends them. */
  readonly fromLocationId?: string;
  /** The place at which they arrive. */
  readonly toLocationId: string;
  /** What is sent: all of it or none; at most 200 lines. */
  readonly lines: readonly (TransferUnits)[];
  /** When it should arrive. For your people: nothing follows from it. */
  readonly expectedAt?: string;
  /** Your own id for it: a purchase order, a delivery note. */
  readonly reference?: string;
  /** Your own words, for those who read the ledger. */
  readonly note?: string;
};

export type TransferUnits = {
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** Whole units. */
  readonly quantity: number;
};

export type TransfersShipProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "malformed_request" | "outcome_unknown" | "overloaded" | "rate_limited" | "record_unreadable" | "stock_limit_exceeded" | "stock_not_there" | "stock_promised" | "transfer_not_found" | "transfer_not_shippable" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

/** Units of a transfer that have arrived. */
export type Receipt = {
  /** The receipt's id. */
  readonly id: string;
  /** The transfer's id. */
  readonly transferId: string;
  /** What has arrived. */
  readonly lines: readonly (ReceiptLine)[];
  /** Your own id for it: a purchase order, a delivery note. */
  readonly reference?: string;
  /** What the transfer was right after it. */
  readonly transferStatus: "IN_TRANSIT" | "RECEIVED";
  /** Who recorded it: an API key's name. */
  readonly actor: string;
  /** When it was recorded. */
  readonly at: string;
};

/** Units of one SKU that have arrived. */
export type ReceiptLine = {
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** A place that holds stock. `main` exists from the start. */
  readonly locationId: string;
  /** Whole units. */
  readonly quantity: number;
  /** How they arrived. `UNSELLABLE`: they are there, and cannot be sold. */
  readonly condition: "SELLABLE" | "UNSELLABLE";
};

export type TransfersReceiveProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "idempotency_key_reused" | "internal_error" | "malformed_request" | "more_than_in_transit" | "outcome_unknown" | "overloaded" | "rate_limited" | "record_unreadable" | "stock_limit_exceeded" | "stock_not_there" | "transfer_not_found" | "transfer_not_in_transit" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type ReceiptRequest = {
  /** What has arrived. Default: all that is on its way, to be sold. */
  readonly lines?: readonly (ReceiptRequestLine)[];
  /** Your own id for it: a purchase order, a delivery note. */
  readonly reference?: string;
};

export type ReceiptRequestLine = {
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** Whole units. */
  readonly quantity: number;
  /** How they arrived. `UNSELLABLE`: they are there, and cannot be sold. */
  readonly condition?: "SELLABLE" | "UNSELLABLE";
};

export type TransfersCloseProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "malformed_request" | "outcome_unknown" | "overloaded" | "rate_limited" | "record_unreadable" | "stock_not_there" | "transfer_not_found" | "transfer_not_in_transit" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type TransferClose = {
  /** Why the rest will not arrive. `not_delivered`: it was never sent. */
  readonly lossReason: "lost" | "damaged" | "theft" | "not_delivered" | "other";
  /** Your own words, for those who read the ledger. */
  readonly note?: string;
};

export type TransfersCancelProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "malformed_request" | "outcome_unknown" | "overloaded" | "rate_limited" | "record_unreadable" | "stock_limit_exceeded" | "stock_not_there" | "transfer_not_cancellable" | "transfer_not_found" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type TransferPage = {
  /** At most `limit`. */
  readonly data: readonly (Transfer | Unreadable)[];
  /** `cursor` of the next page; null on the last one. */
  readonly nextCursor: string | null;
};

export type TransfersListProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "invalid_cursor" | "malformed_request" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable";
};

export type TransfersReadProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "malformed_request" | "overloaded" | "rate_limited" | "record_unreadable" | "transfer_not_found" | "unauthorized" | "unavailable";
};

export type ReceiptPage = {
  /** At most `limit`. */
  readonly data: readonly (Receipt | Unreadable)[];
  /** `cursor` of the next page; null on the last one. */
  readonly nextCursor: string | null;
};

export type TransfersListReceiptsProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "invalid_cursor" | "malformed_request" | "overloaded" | "rate_limited" | "record_unreadable" | "transfer_not_found" | "unauthorized" | "unavailable";
};

export type CreatedApiKey = {
  /** The key's id; not secret. */
  readonly id: string;
  /** Who its requests act as, in the ledger. */
  readonly name: string;
  /** What it may do. */
  readonly scopes: readonly (string)[];
  /** Requests a second. 0: as many as come. If left out: RATE_LIMIT_PER_SECOND. */
  readonly rateLimitPerSecond?: number;
  /** When it was made. */
  readonly createdAt: string;
  /** The actor who made it. */
  readonly createdBy: string;
  /** To be sent as `Authorization: Bearer <key>`. Shown this once: Holdfast keeps only its hash. */
  readonly key: string;
};

export type ApiKeysCreateProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "api_key_exists" | "api_key_name_taken" | "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "idempotency_key_reused" | "internal_error" | "malformed_request" | "outcome_unknown" | "overloaded" | "rate_limited" | "record_unreadable" | "too_many_api_keys" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type ApiKeyRequest = {
  /** Who the key's requests act as, in the ledger, and who owns their idempotency keys. */
  readonly name: string;
  /** What the key may do. `admin` may do everything; no other scope includes another one. `checkout` stands alone: a key that pages hold is public. */
  readonly scopes: readonly (Scope)[];
  /** Requests a second. 0: as many as come. If left out: RATE_LIMIT_PER_SECOND. */
  readonly rateLimitPerSecond?: number;
  /** True: it may share its name with a key that lives, to take over from it. Both are one actor in the ledger then, and own the same idempotency keys. */
  readonly rotates?: boolean;
};

/** What a key may do. */
export type Scope = "catalogue:read" | "catalogue:write" | "orders:read" | "orders:write" | "stock:write" | "checkout" | "admin";

export type ApiKeyPage = {
  /** At most `limit`. */
  readonly data: readonly (ApiKey | Unreadable)[];
  /** `cursor` of the next page; null on the last one. */
  readonly nextCursor: string | null;
};

export type ApiKey = {
  /** The key's id; not secret. */
  readonly id: string;
  /** Who its requests act as, in the ledger. */
  readonly name: string;
  /** What it may do. */
  readonly scopes: readonly (string)[];
  /** Requests a second. 0: as many as come. If left out: RATE_LIMIT_PER_SECOND. */
  readonly rateLimitPerSecond?: number;
  /** When it was made. */
  readonly createdAt: string;
  /** The actor who made it. */
  readonly createdBy: string;
  /** Since when it opens nothing. */
  readonly revokedAt?: string;
};

export type ApiKeysListProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "invalid_cursor" | "malformed_request" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable";
};

export type ApiKeysRevokeProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "api_key_not_found" | "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "malformed_request" | "outcome_unknown" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type EventPage = {
  /** Oldest first, at most `limit`. */
  readonly data: readonly (Event)[];
  /** Where to go on, now or later: keep it. */
  readonly nextCursor: string;
};

export type Event = ProductCreated | ProductChanged | LocationCreated | LocationChanged | StockAdjusted | LevelChanged | StockLow | StockOut | StockBack | UnreadableEvent | OrderPlaced | OrderChanged | OrderLinesChanged | OrderExtended | CustomerErased | OrderConfirmed | OrderCancelled | OrderExpired | LatePaymentAccepted | LatePaymentRefused | LatePaymentReferred | LatePaymentApproved | LatePaymentRejected | ExpiredOrderCancelled | SurplusPaymentRecorded | PaymentRefunded | OrderFulfilled | SaleReversed | TransferCreated | TransferShipped | TransferReceived | TransferClosed | TransferCancelled | RepaymentRecorded | StockCorrected;

/** A product was created. Its stock comes as StockAdjusted. */
export type ProductCreated = {
  /** What happened. */
  readonly type: "ProductCreated";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
};

/** A product was changed: all of it as it is now. */
export type ProductChanged = {
  /** What happened. */
  readonly type: "ProductChanged";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** Counts the product's changes: 1 when it was created. */
  readonly version: number;
  /** 1 to 255 characters. */
  readonly name: string;
  readonly price: Price;
  /** Whether it is off sale. */
  readonly archived: boolean;
  /** Its own rules of sale, where it has some. */
  readonly policies?: ProductPolicies;
};

/** A place that holds stock was opened. */
export type LocationCreated = {
  /** What happened. */
  readonly type: "LocationCreated";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** A place that holds stock. `main` exists from the start. */
  readonly locationId: string;
  /** Counts the location's changes: 1 when it was created. */
  readonly version: number;
  /** 1 to 255 characters. */
  readonly name: string;
  /** Of two places the one with the lower number promises first. */
  readonly priority: number;
  /** Whether anything new is promised there. */
  readonly active: boolean;
};

/** A location was changed: all of it as it is now. */
export type LocationChanged = {
  /** What happened. */
  readonly type: "LocationChanged";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** A place that holds stock. `main` exists from the start. */
  readonly locationId: string;
  /** Counts the location's changes: 1 when it was created. */
  readonly version: number;
  /** 1 to 255 characters. */
  readonly name: string;
  /** Of two places the one with the lower number promises first. */
  readonly priority: number;
  /** Whether anything new is promised there. */
  readonly active: boolean;
};

/** Stock was counted up or down, or its condition changed. */
export type StockAdjusted = {
  /** What happened. */
  readonly type: "StockAdjusted";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The adjustment's id. */
  readonly adjustmentId: string;
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** A place that holds stock. `main` exists from the start. */
  readonly locationId: string;
  /** Units added (above zero) or taken away (below). Of a count: the difference. */
  readonly delta: number;
  /** `TOTAL`: units that can be sold. `UNSELLABLE`: units that cannot. `CONDITION`: units there became unsellable (above zero) or sellable again. */
  readonly affects: "TOTAL" | "UNSELLABLE" | "CONDITION";
  /** Why. `initial`: the product's first stock; `count`: it was counted. */
  readonly reason: "restock" | "found" | "correction" | "damage" | "theft" | "loss" | "expired" | "quality_control" | "repaired" | "sample" | "internal_use" | "other" | "initial" | "count";
  /** Of a count: units found there in all. */
  readonly counted?: number;
  /** Your own words, for those who read the ledger. */
  readonly note?: string;
  /** Your own id for the cause. */
  readonly reference?: string;
  /** The level right after it. */
  readonly level: StockLevel;
};

/** What is kept back of a level, or when it is low, was set. */
export type LevelChanged = {
  /** What happened. */
  readonly type: "LevelChanged";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** A place that holds stock. `main` exists from the start. */
  readonly locationId: string;
  /** Kept back on purpose. */
  readonly safetyStock: number;
  /** At how few available units it is low. Absent: it never is. */
  readonly lowStockThreshold?: number;
};

/** No more units are available than the level's threshold. */
export type StockLow = {
  /** What happened. */
  readonly type: "StockLow";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** A place that holds stock. `main` exists from the start. */
  readonly locationId: string;
  /** Units that can still be promised, then. */
  readonly availableStock: number;
  /** At how few available units the level is low, then. */
  readonly lowStockThreshold: number;
};

/** No unit is available, of a level with a threshold. */
export type StockOut = {
  /** What happened. */
  readonly type: "StockOut";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** A place that holds stock. `main` exists from the start. */
  readonly locationId: string;
  /** Units that can still be promised, then. */
  readonly availableStock: number;
  /** At how few available units the level is low, then. */
  readonly lowStockThreshold: number;
};

/** A level that was low or out is so no more; one that was out may still be low. Comes when that lasts: not for what expires in a rush. */
export type StockBack = {
  /** What happened. */
  readonly type: "StockBack";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** A place that holds stock. `main` exists from the start. */
  readonly locationId: string;
  /** Units that can still be promised, then. */
  readonly availableStock: number;
  /** At how few available units the level is low, then. */
  readonly lowStockThreshold: number;
};

/** Stands once in place of the events of a commit whose journal entry cannot be read. Read the orders that you know of anew. */
export type UnreadableEvent = {
  /** What happened. */
  readonly type: "Unreadable";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** What kind of record it is. */
  readonly kind: "product" | "location" | "stock_level" | "order" | "payment" | "adjustment" | "correction" | "holding" | "fulfilment" | "taken_sku" | "reversal" | "repayment" | "transfer" | "receipt" | "purchases" | "line_change" | "journal_entry" | "api_key" | "feed_segment" | "tally";
  /** The record's own key; of a `stock_level` and a `tally` `sku@location`, of a `payment` `order@number`. */
  readonly id: string;
  /** What is wrong with it. */
  readonly reason: string;
};

/** The lines are held. */
export type OrderPlaced = {
  /** What happened. */
  readonly type: "OrderPlaced";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The order's id. */
  readonly orderId: string;
  /** Where its units are. Of an order that is split over several locations, the first of them: `allocations` say all. */
  readonly locationId: string;
  /** What it is about, one entry a SKU. */
  readonly lines: readonly (StockLine)[];
  /** Your own id for the order. Several orders may have the same. */
  readonly reference?: string;
  /** Short texts of your own, by name: at most 20, of 4096 characters together, names included. Write nothing secret here, and nothing that names a shopper. */
  readonly metadata?: Readonly<Record<string, string>>;
};

/** The shop wrote another reference or other metadata on it: all of them as they are now. */
export type OrderChanged = {
  /** What happened. */
  readonly type: "OrderChanged";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The order's id. */
  readonly orderId: string;
  /** Where its units are. Of an order that is split over several locations, the first of them: `allocations` say all. */
  readonly locationId: string;
  /** What it is about, one entry a SKU. */
  readonly lines: readonly (StockLine)[];
  /** Your own id for the order. Several orders may have the same. */
  readonly reference?: string;
  /** Counts the order's changes: 1 when it was placed. */
  readonly version: number;
  /** Short texts of your own, by name: at most 20, of 4096 characters together, names included. Write nothing secret here, and nothing that names a shopper. */
  readonly metadata?: Readonly<Record<string, string>>;
};

/** The order has these lines now: what is more is held, what is less is free again. */
export type OrderLinesChanged = {
  /** What happened. */
  readonly type: "OrderLinesChanged";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The order's id. */
  readonly orderId: string;
  /** Where its units are. Of an order that is split over several locations, the first of them: `allocations` say all. */
  readonly locationId: string;
  /** What it is about, one entry a SKU. */
  readonly lines: readonly (StockLine)[];
  /** Your own id for the order. Several orders may have the same. */
  readonly reference?: string;
  /** What it was about before, one entry a SKU. `allocations` say from where, unless all was and is at `locationId`. */
  readonly linesBefore: readonly (StockLine)[];
  /** Counts the order's changes: 1 when it was placed. */
  readonly version: number;
  /** The sum of its lines now. */
  readonly total: Total;
};

/** The lines are held longer. */
export type OrderExtended = {
  /** What happened. */
  readonly type: "OrderExtended";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The order's id. */
  readonly orderId: string;
  /** Where its units are. Of an order that is split over several locations, the first of them: `allocations` say all. */
  readonly locationId: string;
  /** What it is about, one entry a SKU. */
  readonly lines: readonly (StockLine)[];
  /** Your own id for the order. Several orders may have the same. */
  readonly reference?: string;
  /** Until when the lines are held now. */
  readonly expiresAt: string;
  /** The payment that is under way. */
  readonly paymentReference?: string;
};

/** The order's customer is known no more: do the same with what you keep of it. */
export type CustomerErased = {
  /** What happened. */
  readonly type: "CustomerErased";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The order's id. */
  readonly orderId: string;
  /** Where its units are. Of an order that is split over several locations, the first of them: `allocations` say all. */
  readonly locationId: string;
  /** What it is about, one entry a SKU. */
  readonly lines: readonly (StockLine)[];
  /** Your own id for the order. Several orders may have the same. */
  readonly reference?: string;
  /** The pseudonym in place of the id. */
  readonly customerId: string;
};

/** Paid in time: the lines are sold. */
export type OrderConfirmed = {
  /** What happened. */
  readonly type: "OrderConfirmed";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The order's id. */
  readonly orderId: string;
  /** Where its units are. Of an order that is split over several locations, the first of them: `allocations` say all. */
  readonly locationId: string;
  /** What it is about, one entry a SKU. */
  readonly lines: readonly (StockLine)[];
  /** Your own id for the order. Several orders may have the same. */
  readonly reference?: string;
  readonly payment: Payment;
};

/** The lines are free again. */
export type OrderCancelled = {
  /** What happened. */
  readonly type: "OrderCancelled";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The order's id. */
  readonly orderId: string;
  /** Where its units are. Of an order that is split over several locations, the first of them: `allocations` say all. */
  readonly locationId: string;
  /** What it is about, one entry a SKU. */
  readonly lines: readonly (StockLine)[];
  /** Your own id for the order. Several orders may have the same. */
  readonly reference?: string;
};

/** The reservation ran out: the lines are free again. */
export type OrderExpired = {
  /** What happened. */
  readonly type: "OrderExpired";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The order's id. */
  readonly orderId: string;
  /** Where its units are. Of an order that is split over several locations, the first of them: `allocations` say all. */
  readonly locationId: string;
  /** What it is about, one entry a SKU. */
  readonly lines: readonly (StockLine)[];
  /** Your own id for the order. Several orders may have the same. */
  readonly reference?: string;
};

/** Paid late: held anew and sold. */
export type LatePaymentAccepted = {
  /** What happened. */
  readonly type: "LatePaymentAccepted";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The order's id. */
  readonly orderId: string;
  /** Where its units are. Of an order that is split over several locations, the first of them: `allocations` say all. */
  readonly locationId: string;
  /** What it is about, one entry a SKU. */
  readonly lines: readonly (StockLine)[];
  /** Your own id for the order. Several orders may have the same. */
  readonly reference?: string;
  readonly payment: Payment;
};

/** Paid late, and sold out: refund it. */
export type LatePaymentRefused = {
  /** What happened. */
  readonly type: "LatePaymentRefused";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The order's id. */
  readonly orderId: string;
  /** Where its units are. Of an order that is split over several locations, the first of them: `allocations` say all. */
  readonly locationId: string;
  /** What it is about, one entry a SKU. */
  readonly lines: readonly (StockLine)[];
  /** Your own id for the order. Several orders may have the same. */
  readonly reference?: string;
  readonly payment: Payment;
};

/** Paid late, and sold out: review it. */
export type LatePaymentReferred = {
  /** What happened. */
  readonly type: "LatePaymentReferred";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The order's id. */
  readonly orderId: string;
  /** Where its units are. Of an order that is split over several locations, the first of them: `allocations` say all. */
  readonly locationId: string;
  /** What it is about, one entry a SKU. */
  readonly lines: readonly (StockLine)[];
  /** Your own id for the order. Several orders may have the same. */
  readonly reference?: string;
  readonly payment: Payment;
};

/** Reviewed: held anew and sold. */
export type LatePaymentApproved = {
  /** What happened. */
  readonly type: "LatePaymentApproved";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The order's id. */
  readonly orderId: string;
  /** Where its units are. Of an order that is split over several locations, the first of them: `allocations` say all. */
  readonly locationId: string;
  /** What it is about, one entry a SKU. */
  readonly lines: readonly (StockLine)[];
  /** Your own id for the order. Several orders may have the same. */
  readonly reference?: string;
  readonly payment: Payment;
};

/** Reviewed: refund it. */
export type LatePaymentRejected = {
  /** What happened. */
  readonly type: "LatePaymentRejected";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The order's id. */
  readonly orderId: string;
  /** Where its units are. Of an order that is split over several locations, the first of them: `allocations` say all. */
  readonly locationId: string;
  /** What it is about, one entry a SKU. */
  readonly lines: readonly (StockLine)[];
  /** Your own id for the order. Several orders may have the same. */
  readonly reference?: string;
  readonly payment: Payment;
};

/** The shopper gave up an order whose reservation had run out. */
export type ExpiredOrderCancelled = {
  /** What happened. */
  readonly type: "ExpiredOrderCancelled";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The order's id. */
  readonly orderId: string;
  /** Where its units are. Of an order that is split over several locations, the first of them: `allocations` say all. */
  readonly locationId: string;
  /** What it is about, one entry a SKU. */
  readonly lines: readonly (StockLine)[];
  /** Your own id for the order. Several orders may have the same. */
  readonly reference?: string;
};

/** Paid after a cancel, or again: refund it. */
export type SurplusPaymentRecorded = {
  /** What happened. */
  readonly type: "SurplusPaymentRecorded";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The order's id. */
  readonly orderId: string;
  /** Where its units are. Of an order that is split over several locations, the first of them: `allocations` say all. */
  readonly locationId: string;
  /** What it is about, one entry a SKU. */
  readonly lines: readonly (StockLine)[];
  /** Your own id for the order. Several orders may have the same. */
  readonly reference?: string;
  readonly payment: Payment;
};

/** The money of a payment went back. */
export type PaymentRefunded = {
  /** What happened. */
  readonly type: "PaymentRefunded";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The order's id. */
  readonly orderId: string;
  /** Where its units are. Of an order that is split over several locations, the first of them: `allocations` say all. */
  readonly locationId: string;
  /** What it is about, one entry a SKU. */
  readonly lines: readonly (StockLine)[];
  /** Your own id for the order. Several orders may have the same. */
  readonly reference?: string;
  readonly payment: Payment;
};

/** Units of a sold order have left. */
export type OrderFulfilled = {
  /** What happened. */
  readonly type: "OrderFulfilled";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The fulfilment. */
  readonly fulfilment: Fulfilment;
};

/** Units of a sold order were cancelled, or came back. */
export type SaleReversed = {
  /** What happened. */
  readonly type: "SaleReversed";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** What was given up. */
  readonly reversal: Reversal;
};

/** Units are set aside to be sent, or expected from a supplier. */
export type TransferCreated = {
  /** What happened. */
  readonly type: "TransferCreated";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The transfer's id. */
  readonly transferId: string;
  /** The place that the units leave. Left out: a supplier sends them. */
  readonly fromLocationId?: string;
  /** The place at which they arrive. */
  readonly toLocationId: string;
  /** The units that it moves. */
  readonly lines: readonly (TransferUnits)[];
};

/** Units have left their place, and are on their way to another one. */
export type TransferShipped = {
  /** What happened. */
  readonly type: "TransferShipped";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The transfer's id. */
  readonly transferId: string;
  /** The place that the units leave. Left out: a supplier sends them. */
  readonly fromLocationId?: string;
  /** The place at which they arrive. */
  readonly toLocationId: string;
  /** The units that it moves. */
  readonly lines: readonly (TransferUnits)[];
};

/** Units of a transfer have arrived. */
export type TransferReceived = {
  /** What happened. */
  readonly type: "TransferReceived";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** What has arrived. */
  readonly receipt: Receipt;
};

/** Units of a transfer were lost on their way. */
export type TransferClosed = {
  /** What happened. */
  readonly type: "TransferClosed";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The transfer's id. */
  readonly transferId: string;
  /** The place that the units leave. Left out: a supplier sends them. */
  readonly fromLocationId?: string;
  /** The place at which they arrive. */
  readonly toLocationId: string;
  /** The units that it moves. */
  readonly lines: readonly (TransferUnits)[];
  /** Why the rest will not arrive. `not_delivered`: it was never sent. */
  readonly lossReason: "lost" | "damaged" | "theft" | "not_delivered" | "other";
  /** Your own words, for those who read the ledger. */
  readonly note?: string;
};

/** Units of a transfer are sent no more. */
export type TransferCancelled = {
  /** What happened. */
  readonly type: "TransferCancelled";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The transfer's id. */
  readonly transferId: string;
  /** The place that the units leave. Left out: a supplier sends them. */
  readonly fromLocationId?: string;
  /** The place at which they arrive. */
  readonly toLocationId: string;
  /** The units that it moves. */
  readonly lines: readonly (TransferUnits)[];
  /** Whether they had left. Then they are back at their place, or the supplier sends them no more. */
  readonly wasInTransit: boolean;
};

/** Money went back for what was cancelled or returned. */
export type RepaymentRecorded = {
  /** What happened. */
  readonly type: "RepaymentRecorded";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The repayment. */
  readonly repayment: Repayment;
};

/** A level that did not add up was set right. */
export type StockCorrected = {
  /** What happened. */
  readonly type: "StockCorrected";
  /** Of the commit: 1, 2, 3 ... without a gap. */
  readonly position: number;
  /** Within the commit: 0, 1, 2 ... */
  readonly index: number;
  /** When it happened. */
  readonly at: string;
  /** An API key's name, or `worker`. */
  readonly actor: string;
  /** The correction's id. */
  readonly correctionId: string;
  /** The product's own key, chosen by you: any characters but control characters, with no space at either end; not `.` or `..`. Taken over in Unicode's NFC. Percent-encode it in a path, its slashes too. Case matters, but two SKUs may not differ by case alone. */
  readonly sku: string;
  /** A place that holds stock. `main` exists from the start. */
  readonly locationId: string;
  /** The reviewer's own words. */
  readonly reason: string;
  /** By how much each counter was set right. */
  readonly change: StockFigures;
  /** The level right after it. */
  readonly level: StockLevel;
};

export type EventsListProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "feed_restarted" | "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "invalid_cursor" | "malformed_request" | "overloaded" | "rate_limited" | "record_unreadable" | "too_many_readers" | "unauthorized" | "unavailable";
};

export type EventsStreamProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "feed_restarted" | "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "invalid_cursor" | "malformed_request" | "overloaded" | "rate_limited" | "record_unreadable" | "too_many_readers" | "unauthorized" | "unavailable";
};

export type StreamToken = {
  /** Goes into the address of the one stream that it is for, as `token`, and nowhere else. */
  readonly token: string;
  /** Until when it opens the stream. A stream that is open goes on for as long as the key is good. */
  readonly expiresAt: string;
};

export type EventsCreateStreamTokenProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "malformed_request" | "outcome_unknown" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type OrdersStreamProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "malformed_request" | "order_not_found" | "overloaded" | "rate_limited" | "record_unreadable" | "too_many_readers" | "unauthorized" | "unavailable";
};

export type OrdersCreateStreamTokenProblem = Problem & {
  /** What is wrong. Stable; go by this. */
  readonly code?: "body_too_large" | "forbidden" | "foreign_host" | "foreign_origin" | "internal_error" | "malformed_request" | "order_not_found" | "outcome_unknown" | "overloaded" | "rate_limited" | "record_unreadable" | "unauthorized" | "unavailable" | "unsupported_encoding" | "unsupported_media_type";
};

export type Liveness = {
  /** Always `ok`. */
  readonly status: "ok";
};

export type Readiness = {
  /** `degraded`: it sells, with a part missing. `unavailable`: it does not. */
  readonly status: "ok" | "degraded" | "unavailable";
  /** `ok` or `down`, each. */
  readonly checks: Readonly<Record<string, string>>;
  /** What is wrong with those that are `down`. */
  readonly troubles?: Readonly<Record<string, string>>;
};
