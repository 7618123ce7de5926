/** A broken promise of our own code. Never the caller's fault, never retried, always worth a page. */
export class Bug extends Error {
  override readonly name = "Bug";
}

/** States what must be true here whatever a caller sent. Throws `Bug` where it is not. */
export function assert(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Bug(what);
}

/** The end of an exhaustive switch: compiles only when every case is handled. */
export function unreachable(value: never): never {
  throw new Bug(`unreachable: ${JSON.stringify(value)}`);
}
