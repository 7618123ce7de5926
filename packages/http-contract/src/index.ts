export {
  stockAdjustmentRequestSchema,
  stockAdjustmentSchema,
  stockAdjustmentsSchema,
  type stockCountRequestSchema,
  stockCountsSchema,
} from "./adjustment-schemas.ts";
export { headerComponents } from "./answer-headers.ts";
export { apiKeyRequestSchema, apiKeySchema, createdApiKeySchema, keyNameSchema } from "./api-key-schemas.ts";
export { isSingleRead, repeatGuards, scopesOf, takesIdempotencyKey } from "./create-route.ts";
export { erasureSchema } from "./erasure-schema.ts";
export { eventPageSchema, eventSchema } from "./event-schemas.ts";
export { explanationSchema } from "./explanation-schemas.ts";
export { locationSchema } from "./location-schemas.ts";
export { lowStockSchema } from "./low-stock-schemas.ts";
export {
  confirmRequestSchema,
  orderRequestSchema,
  refundRequestSchema,
  reviewRequestSchema,
} from "./order-request-schemas.ts";
export { orderSchema, reservationSchema } from "./order-schemas.ts";
export {
  decodeCursor,
  encodeCursor,
  itemSchemaOf,
  type ListRoute,
  pageLimitDefault,
  pageLimitMax,
  pageOf,
} from "./paging.ts";
export { present, type Shown } from "./present.ts";
export { type Problem, type ProblemCode, problemKinds, problemSchema } from "./problem.ts";
export { productRequestSchema, productSchema } from "./product-schemas.ts";
export * as routes from "./routes.ts";
export { isStorefront, mayCall, type Scope, scopes } from "./scopes.ts";
export { shortageSchema } from "./shortage-schemas.ts";
export {
  reconciliationSchema,
  soleLevelSchema,
  stockCorrectionSchema,
  stockLevelSchema,
  stockMovementSchema,
} from "./stock-schemas.ts";
export { streamTokenSchema } from "./stream-schemas.ts";
export { receiptSchema, transferSchema } from "./transfer-schemas.ts";
export { unreadableSchema } from "./unreadable-schema.ts";
