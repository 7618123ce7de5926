import { expect, test } from "vitest";
import { testShop } from "./test-shop.ts";
import { type ApiDocument, typescriptOf } from "./typescript-of-document.ts";

test("knows every call and every schema of the API's document", async () => {
  const { app } = testShop();
  const document = (await (await app.request("/openapi.json")).json()) as ApiDocument;
  await expect(typescriptOf(document)).toMatchFileSnapshot("./api.ts");
});
