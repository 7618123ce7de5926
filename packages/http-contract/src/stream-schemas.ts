import { limits } from "@holdfast/domain";
import { z } from "@hono/zod-openapi";
import { instantSchema } from "./value-schemas.ts";

export const streamTokenSchema = z
  .object({
    token: z.string().openapi({
      description: "Goes into the address of the one stream that it is for, as `token`, and nowhere else.",
      example: "hfs_mia2ftp0.a2V5XzAxSzlaSzNTNlE4VzVWMk40TTdSMVQwWVhC.5OaF0Yt7Qk2Vd1c8mXbNwZr4EuHpLiGsJ6o9ByTfKvA",
    }),
    expiresAt: instantSchema.openapi({
      description: "Until when it opens the stream. A stream that is open goes on for as long as the key is good.",
    }),
  })
  .openapi("StreamToken");

/** What a stream takes in place of a key, since a browser's `EventSource` sends no header. */
export const streamTokenQuery = {
  token: z.string().max(limits.streamTokenLengthMax).optional().openapi({
    description: "In place of a key, for a browser's `EventSource`. No other call takes one.",
  }),
};
