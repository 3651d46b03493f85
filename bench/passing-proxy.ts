import { connect, createServer, type Socket } from "node:net";

export interface PassingProxy {
  port: number;
  /** Breaks every connection there is; new ones are taken at once. */
  cut(): void;
  close(): Promise<void>;
}

/**
 * Passes a port of this machine on, until the line is cut. What the client sends arrives `delayMs` later, so that each call takes
 * at least as long.
 */
export async function startPassingProxy(target: number, { delayMs = 0 } = {}): Promise<PassingProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(target, "127.0.0.1");
    if (delayMs > 0) passLater(client, upstream, delayMs);
    else client.pipe(upstream);
    upstream.pipe(client);
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
  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    cut,
    close: async () => {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function passLater(client: Socket, upstream: Socket, delayMs: number): void {
  client.setNoDelay(true);
  upstream.setNoDelay(true);
  const later = (work: () => void) => setTimeout(() => (upstream.destroyed ? undefined : work()), delayMs);
  client.on("data", (chunk: Buffer) => later(() => upstream.write(chunk)));
  client.on("end", () => later(() => upstream.end()));
}
