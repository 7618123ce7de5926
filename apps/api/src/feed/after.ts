/** Calls back once after `ms` milliseconds, unless the returned function is called first. */
export type After = (ms: number, call: () => void) => () => void;

/** The process's own time. It keeps no process alive. */
export const systemAfter: After = (ms, call) => {
  const timer = setTimeout(call, ms);
  timer.unref();
  return () => clearTimeout(timer);
};
