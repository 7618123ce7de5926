/** Every bound of the system that a caller can meet, with its reason. Units come last in each name. */
export const limits = {
  skuLengthMax: 128, // characters; percent-encoded at worst 1,536 bytes of an address, of which Node reads 16 kB
  locationIdLengthMax: 64,
  customerIdLengthMax: 128, // room for a UUID with a prefix, or an e-mail hash
  referenceLengthMax: 255, // a payment provider's or a warehouse's own id
  noteLengthMax: 1_000, // a few sentences of a clerk; the ledger shows them with each movement
  metadataEntriesMax: 20, // of an order: each has an entry of an index, so that it is found by it
  metadataNameLengthMax: 40, // a word or three
  metadataValueLengthMax: 500, // an address of a page, a few ids; longer texts belong where the shop keeps its own
  metadataSizeMax: 4_096, // characters of all names and values: an order stays a small document, and is read whole at each of its steps
  transferLinesMax: 200, // a few pallets; it stays one document, and its shipment one short transaction
  editsPerRequestMax: 500, // a shelf or a file's page; its answers fit in one body
  correctionReasonLengthMin: 2, // words, for later readers of the ledger; at most as long as a reference
  idempotencyKeyLengthMax: 255, // what Stripe and the IETF draft allow
  shopperSecretLengthMin: 21, // a nanoid's 126 random bits; a UUID is longer
  orderTokenLengthMax: 64, // a hash in base64, with a prefix

  priorityMax: 1_000_000, // of a location; room to put one between any two

  nameLengthMin: 1,
  nameLengthMax: 255,

  cartLinesMax: 100, // one order stays one small document, and one batch stays a short transaction
  lineQuantityMax: 10_000,
  purchaseQuantityMax: 1_000, // of one product by one customer; each may be an order of its own, and all are kept in one small record
  purchaseWindowSecondsMax: 31_536_000, // a year; a drop is a day, a rationed product a month
  paymentsPerOrderMax: 100, // each is read and shown with its order; a shopper pays twice at times, and never a hundred times
  skusPerSearchMax: 200, // as many as a page lists
  amountMax: 1_000_000_000_000, // minor units: a car in rupiah, rial or dong; more in one unit is a slip of the keyboard
  totalAmountMax: Number.MAX_SAFE_INTEGER, // minor units of a whole order: the most that every reader of JSON takes exactly

  totalStockMax: 1_000_000_000, // per stock level; sums over thousands of levels stay exact integers

  apiKeysLiveMax: 1_000, // every process reads them all every few seconds; a shop has a handful
  rateLimitPerSecondMax: 1_000_000, // more than any process serves
  feedReadersMax: 2_000, // of one process, streams and waiting polls alike: each costs a connection, and some memory
  orderReadersMax: 1_000, // of one process, streams of shoppers' orders: apart from the feed's, since pages may open them with a public key
  readersPerOrderMax: 4, // a shopper with two tabs, and each of them connecting again
  streamTokenSeconds: 60, // a page opens its stream at once; what is in an address must soon be worth nothing
  streamTokenLengthMax: 200,
  explainedItemsMax: 200, // per part of an explanation, as on a page of a list; counts and sums cover the rest

  holdSecondsMin: 1,
  holdSecondsMax: 2_592_000, // 30 days, extensions included: as long as a bank transfer is waited for; a shop may set less
} as const;
