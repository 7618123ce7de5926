/** How often each call gave each answer: a status, or the code of a problem. */
export class AnswerCounts {
  readonly #answers = new Map<string, Map<string, number>>();

  count(call: string, answer: string): void {
    const answers = this.#answers.get(call) ?? new Map<string, number>();
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
    this.#answers.set(call, answers);
  }

  get calls(): readonly string[] {
    return [...this.#answers.keys()];
  }

  /** Every answer that came, with how often it did. */
  get answers(): ReadonlyMap<string, number> {
    const sums = new Map<string, number>();
    for (const answers of this.#answers.values()) {
      for (const [answer, times] of answers) sums.set(answer, (sums.get(answer) ?? 0) + times);
    }
    return sums;
  }

  get requests(): number {
    return [...this.answers.values()].reduce((sum, times) => sum + times, 0);
  }

  /** One line a call. */
  toString(): string {
    const lines = [...this.#answers].map(([call, answers]) => {
      const each = [...answers].sort(([, a], [, b]) => b - a).map(([answer, times]) => `${answer} ${times}`);
      return `${call}: ${each.join(", ")}`;
    });
    return `${this.requests} requests\n${lines.sort().join("\n")}`;
  }
}
