/** Where a server was to listen, and the variables that say so. */
interface Place {
  readonly portVariable: string;
  readonly port: number;
  readonly hostVariable: string;
  readonly host: string;
}

/** An error that says why a server cannot listen, and what to do about it. Unknown errors are returned unchanged. */
export function listenProblem(error: unknown, { portVariable, port, hostVariable, host }: Place): Error {
  const code = error instanceof Error ? String(Reflect.get(error, "code")) : "";
  const reason = reasons[code]?.({ portVariable, port, hostVariable, host });
  if (reason !== undefined) return new Error(reason, { cause: error });
  return error instanceof Error ? error : new Error(String(error));
}

const notHere = ({ hostVariable, host }: Place) =>
  `${hostVariable}=${host} is not an address of this machine; 127.0.0.1 serves this machine only, 0.0.0.0 every network that it is in`;

const reasons: Readonly<Record<string, (place: Place) => string>> = {
  EADDRINUSE: ({ portVariable, port, host }) =>
    `port ${port} of ${host} is taken: end the program that listens there, or set ${portVariable} to another port`,
  EACCES: ({ portVariable, port }) =>
    `this user may not listen on port ${port}: set ${portVariable} to 1024 or more, or give the user the right to`,
  EADDRNOTAVAIL: notHere,
  ENOTFOUND: notHere,
  EAI_AGAIN: notHere,
  EINVAL: notHere,
};
