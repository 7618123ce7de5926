/** Throws unless both are the same as JSON. Runs on every runtime, where a test runner does not. */
export function expectEqual(actual: unknown, expected: unknown): void {
  const [one, other] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (one !== other) throw new Error(`expected ${other}, and got ${one}`);
}
