import { type EdgeSettings, edgeSettings, shopAt } from "./edge-settings.ts";
import { lostAnswer, workerProblem } from "./worker-problem.ts";

export { ShopObject } from "./shop-object.ts";

interface ShopObjects {
  getByName(name: string): { fetch(request: Request): Promise<Response> };
}

/** What wrangler.jsonc and the secrets bind. */
type Env = Readonly<Record<string, unknown>> & { readonly SHOP_OBJECTS: ShopObjects };

let settings: EdgeSettings | undefined;

/** Sends each request to its shop's object. It decides nothing else: keys are checked by the shop that they are of. */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    try {
      settings ??= edgeSettings(env);
    } catch (error) {
      console.error(JSON.stringify({ msg: String(error) }));
      return workerProblem("unavailable", "The settings of the Worker are wrong; its log says how.");
    }
    const { hostname } = new URL(request.url);
    const shop = shopAt(hostname, settings);
    if (shop === undefined) return workerProblem("not_found", `There is no shop at ${hostname}.`);
    try {
      return await env.SHOP_OBJECTS.getByName(shop).fetch(request);
    } catch (error) {
      console.error(JSON.stringify({ shop, msg: "the shop's object did not answer", err: String(error) }));
      return lostAnswer(request, error);
    }
  },
};
