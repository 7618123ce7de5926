/** Does work once for all who ask for it in the same turn of the event loop. */
export class SharedWork<Value> {
  readonly #under = new Map<string, Promise<Value>>();

  /** The result of `work`, shared with every other call for the same `key` in this turn. */
  share(key: string, work: () => Promise<Value>): Promise<Value> {
    const known = this.#under.get(key);
    if (known !== undefined) return known;
    const working = work();
    this.#under.set(key, working);
    setImmediate(() => this.#under.delete(key));
    return working;
  }
}
