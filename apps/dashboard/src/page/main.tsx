import { render } from "preact";
import { ApiClient } from "./api-client.ts";
import { apiKey } from "./api-key.ts";
import { App } from "./app.tsx";
import { LiveData } from "./live-data.ts";
import { ServerClock } from "./server-clock.ts";

const clock = new ServerClock();
const client = new ApiClient({ fetch: (path, init) => fetch(path, init), clock, key: apiKey.read });
const live = new LiveData(client, clock);

/** Polls only while the tab is visible. */
function follow(): void {
  if (document.hidden) live.pause();
  else live.resume();
}

document.addEventListener("visibilitychange", follow);
addEventListener("online", follow);
follow();

const root = document.getElementById("page");
if (root) render(<App live={live} client={client} clock={clock} />, root);
