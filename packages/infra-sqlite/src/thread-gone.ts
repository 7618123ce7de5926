/** The thread ended before it answered. `asked`: it had received the question, and may have acted on it. */
export class ThreadGone extends Error {
  override readonly name = "ThreadGone";
  readonly asked: boolean;

  constructor(asked: boolean, cause: unknown) {
    super("the thread has ended, and another one is being started", { cause });
    this.asked = asked;
  }
}
