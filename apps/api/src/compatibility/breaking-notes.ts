/**
 * Changes of `/openapi.json` since the last release that may break a client, and are made all the same: the line that the test says, and why.
 * The changelog says the same to those who write clients. Empty again after a release.
 */
export const breakingNotes: readonly { readonly change: string; readonly reason: string }[] = [
  {
    change: "POST /v1/orders: 200 is new",
    reason: "Only a request with `dryRun=true` is answered so, and no client of the last release sends one.",
  },
];
