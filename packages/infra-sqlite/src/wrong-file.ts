/** A file that cannot be opened, made or put back. The message says all: which file, and what to do. */
export class WrongFile extends Error {
  override readonly name = "WrongFile";
}
