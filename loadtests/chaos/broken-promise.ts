/** Something that must never happen, whatever the audit says: an answer of 500, or a process that has ended. */
export class BrokenPromise extends Error {}
