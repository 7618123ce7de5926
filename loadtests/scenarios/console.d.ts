/** The console of k6. TypeScript declares one for browsers and for Node only. */
declare const console: { error(message: string): void };
