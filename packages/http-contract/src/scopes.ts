/** What an API key may be allowed to do. `admin` may do everything; no other scope includes another one. */
export const scopes = [
  "catalogue:read",
  "catalogue:write",
  "orders:read",
  "orders:write",
  "stock:write",
  "admin",
] as const;

export type Scope = (typeof scopes)[number];

/** Whether a holder of some scopes may make a call that asks for one. */
export function mayCall(held: ReadonlySet<string>, asked: Scope): boolean {
  return held.has(asked) || held.has("admin");
}
