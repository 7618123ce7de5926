/** A random `Idempotency-Key`. Not `crypto.randomUUID`, which plain http pages of other machines do not have. */
export function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `dashboard-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
