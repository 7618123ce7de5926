import { openMemoryShop } from "./memory-shop.ts";
import { runChecks } from "./run-checks.ts";

// Runs the checks in a Worker, and answers their report as JSON.

export default {
  async fetch(): Promise<Response> {
    const shop = await openMemoryShop();
    const report = await runChecks(shop);
    await shop.stop();
    return Response.json(report);
  },
};
