/** The head of `/openapi.json`. */
export const openApiInfo = {
  openapi: "3.1.0",
  info: {
    title: "Holdfast",
    version: "0.1.0",
    license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    description: [
      "Holds stock while a shopper pays, and never sells what it does not have.",
      "",
      "Lists answer `{data, nextCursor}`. Errors are `application/problem+json` with a stable `code`.",
      "A key's requests are counted: `RateLimit` says how many are left this second, 429 that it was too many.",
      "Send an `Idempotency-Key` with every POST that creates (201): the same request sent again then happens once. Other POSTs",
      "take none, and say so: a repeat of them changes nothing more.",
    ].join("\n"),
  },
  servers: [{ url: "/", description: "The server that this document came from." }],
  tags: [
    { name: "Products", description: "What can be sold." },
    { name: "Locations", description: "Places that hold stock." },
    { name: "Orders", description: "From the reservation of stock to its sale, or back." },
    { name: "Reservations", description: "Stock that is held while a shopper pays." },
    { name: "Stock", description: "Counting, the ledger, and whether it all adds up." },
    { name: "Transfers", description: "Units on their way from place to place, and from suppliers." },
    { name: "Events", description: "The feed of everything that happened." },
    { name: "API keys", description: "Who may call." },
    { name: "Operations", description: "For what watches the process. No key is asked for." },
  ],
};
