import { connect, createServer, type Socket } from "node:net";

export interface DelayingProxy {
  port: number;
  close(): Promise<void>;
}

/** Passes a port on; what the client sends arrives `delayMs` later, so that each call takes at least as long. */
export async function startDelayingProxy(target: number, delayMs: number): Promise<DelayingProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(target, "127.0.0.1");
    client.setNoDelay(true);
    upstream.setNoDelay(true);
    const later = (work: () => void) => setTimeout(() => (upstream.destroyed ? undefined : work()), delayMs);
    client.on("data", (chunk: Buffer) => later(() => upstream.write(chunk)));
    client.on("end", () => later(() => upstream.end()));
    upstream.on("data", (chunk: Buffer) => client.write(chunk));
    upstream.on("end", () => client.end());
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
