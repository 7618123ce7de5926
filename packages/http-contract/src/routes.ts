/** Every call of the API. The api app answers them; `/openapi.json` is made from them. */

export * from "./routes/api-keys.ts";
export * from "./routes/customers.ts";
export * from "./routes/events.ts";
export * from "./routes/fulfilments.ts";
export * from "./routes/locations.ts";
export * from "./routes/operations.ts";
export * from "./routes/order-streams.ts";
export * from "./routes/orders.ts";
export * from "./routes/products.ts";
export * from "./routes/reservations.ts";
export * from "./routes/reversals.ts";
export * from "./routes/stock.ts";
export * from "./routes/transfers.ts";
