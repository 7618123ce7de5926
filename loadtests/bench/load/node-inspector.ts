import { once } from "node:events";

/** The inspector of a Node process (`--inspect`). */
export interface NodeInspector {
  /** Resident memory after a full garbage collection. Bytes. */
  residentBytes(): Promise<number>;
  close(): void;
}

interface Reply {
  readonly id?: number;
  readonly result?: { readonly result?: { readonly value?: unknown } };
  readonly error?: { readonly message: string };
}

/** Speaks the DevTools protocol to the inspector on this port of loopback. */
export async function openInspector(port: number): Promise<NodeInspector> {
  const response = await fetch(`http://127.0.0.1:${port}/json/list`);
  const [target] = (await response.json()) as { webSocketDebuggerUrl: string }[];
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? "");
  await once(socket, "open");
  let asked = 0;
  const ask = async (method: string, params: object = {}): Promise<Reply> => {
    asked += 1;
    const id = asked;
    const { promise, resolve, reject } = Promise.withResolvers<Reply>();
    const read = ({ data }: MessageEvent) => {
      const reply = JSON.parse(String(data)) as Reply;
      if (reply.id !== id) return;
      socket.removeEventListener("message", read);
      if (reply.error === undefined) resolve(reply);
      else reject(new Error(`${method}: ${reply.error.message}`));
    };
    socket.addEventListener("message", read);
    socket.send(JSON.stringify({ id, method, params }));
    return promise;
  };
  return {
    async residentBytes() {
      // Collect twice: the first may only queue what the second frees.
      for (let time = 0; time < 2; time += 1) await ask("HeapProfiler.collectGarbage");
      const { result } = await ask("Runtime.evaluate", { expression: "process.memoryUsage.rss()" });
      return Number(result?.result?.value);
    },
    close: () => socket.close(),
  };
}
