/** Does once what many ask for at the same moment: in one turn of the event loop. */
export class SharedWork<Value> {
  readonly #under = new Map<string, Promise<Value>>();

  /** What `work` comes to; that of another who has asked for the same `key` in this turn, where there is one. */
  share(key: string, work: () => Promise<Value>): Promise<Value> {
    const known = this.#under.get(key);
    if (known !== undefined) return known;
    const working = work();
    this.#under.set(key, working);
    setImmediate(() => this.#under.delete(key));
    return working;
  }
}
