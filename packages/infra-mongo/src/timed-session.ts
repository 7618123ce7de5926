import type { ClientSession, MongoClient, TransactionOptions } from "mongodb";
import { Timestamp, WriteConcern } from "mongodb";
import type { Deadline } from "./deadline.ts";

/**
 * A session of our own whose every step ends by a deadline, even where the server does not answer.
 *
 * Not `session.withTransaction`: that has a budget of 120 s of its own, and retries errors that we need to see.
 */
export class TimedSession {
  readonly deadline: Deadline;
  readonly #session: ClientSession;
  #step: Promise<unknown> = Promise.resolve();
  #idle = true;

  constructor(client: MongoClient, deadline: Deadline) {
    this.deadline = deadline;
    this.#session = client.startSession();
  }

  begin(): void {
    const ms = this.deadline.remainingMs;
    const options: TransactionOptions = {
      readConcern: { level: "snapshot" },
      writeConcern: new WriteConcern("majority", ms, true),
      readPreference: "primary",
      maxCommitTimeMS: ms,
    };
    this.#session.startTransaction(options);
  }

  /** Runs one step; throws `DeadlineOver` when it takes too long. Run no other step after that. */
  async step<T>(run: (session: ClientSession) => Promise<T>): Promise<T> {
    this.#idle = false;
    const step = run(this.#session).finally(() => {
      this.#idle = true;
    });
    this.#step = step;
    return await this.deadline.within(step);
  }

  /**
   * The cluster's time at the last answer: it only ever grows, on every server, also where a clock is set back. What a
   * commit has seen of others had earlier ones.
   */
  get clusterTime(): Timestamp {
    return this.#session.clusterTime?.clusterTime ?? Timestamp.fromNumber(0);
  }

  /** Aborts the transaction, so that it locks nothing. If the server is out of reach, it ends it by itself. */
  async abort(): Promise<void> {
    if (this.#session.inTransaction()) await this.step((session) => session.abortTransaction());
  }

  /** The session itself, unless a step that took too long still uses it. */
  get idleSession(): ClientSession | undefined {
    return this.#idle ? this.#session : undefined;
  }

  /** The session itself, once no step uses it any more. */
  async settled(): Promise<ClientSession> {
    await this.#step.catch(() => {});
    return this.#session;
  }

  /** Gives the session back, in the background, once its last step is over. An open transaction is aborted. */
  close(): void {
    this.settled()
      .then((session) => session.endSession())
      .catch(() => {});
  }
}
