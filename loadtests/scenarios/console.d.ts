/** k6's own. TypeScript knows a console from the browser's or Node's types only, and this is neither. */
declare const console: { error(message: string): void };
