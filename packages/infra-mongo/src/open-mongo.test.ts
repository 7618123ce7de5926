import { expect, test } from "vitest";
import { openMongo } from "./open-mongo.ts";

test.each([
  "mongodb://",
  "mongodb://localhost:port/shop",
  "mongodb://localhost/shop?retries=3",
  "mongodb://a@b@c/shop",
])("%s is no URL that waiting could mend", async (url) => {
  await expect(openMongo({ url })).rejects.toMatchObject({
    name: "Misconfigured",
    message: expect.stringMatching(/^DATABASE_URL is no URL that MongoDB takes: /),
  });
});
