import type { EngineObserver } from "@holdfast/engine";
import { growWithWork, serveSmall } from "@holdfast/runtime/v8-flags";

/** Lets a program that serves take more memory from the first commit on. */
export class Growth implements EngineObserver {
  #isSmall = false;

  /** Call it when the program serves. Commits before that are part of its start. */
  serves(): void {
    serveSmall();
    this.#isSmall = true;
  }

  committed(): void {
    if (!this.#isSmall) return;
    this.#isSmall = false;
    growWithWork();
  }

  shed(): void {}
}
