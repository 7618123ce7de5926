/** Something that may not be, whatever the audit says: an answer of 500, a process that has ended. */
export class BrokenPromise extends Error {}
