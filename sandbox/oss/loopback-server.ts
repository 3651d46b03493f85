import type { Server } from "node:http";

/** Listens on 127.0.0.1 and returns the port. Rejects when it is taken; port 0 takes any. */
export function listenOnLoopback(server: Server, port: number): Promise<number> {
  // Node's five seconds cut idle connections just when a client that polls slowly uses them again.
  server.keepAliveTimeout = 75_000;
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

/** Stops listening and cuts the connections that are still open. */
export function stopServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
