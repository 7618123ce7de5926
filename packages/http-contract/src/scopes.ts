/**
 * What an API key may be allowed to do. `admin` may do everything; no other scope includes another one. `checkout` is for a key that
 * pages hold, and the public with them: it is a key's only scope.
 */
export const scopes = [
  "catalogue:read",
  "catalogue:write",
  "orders:read",
  "orders:write",
  "stock:write",
  "checkout",
  "admin",
] as const;

export type Scope = (typeof scopes)[number];

/** Whether a holder of some scopes may make a call that asks for one of some. */
export function mayCall(held: ReadonlySet<string>, asked: readonly Scope[]): boolean {
  return asked.some((scope) => held.has(scope)) || held.has("admin");
}

/** Whether a key that has these scopes is a storefront's: public, and good for its holders' own orders alone. */
export function isStorefront(held: ReadonlySet<string>): boolean {
  return held.has("checkout") && held.size === 1;
}
