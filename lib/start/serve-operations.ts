import { createServer } from "node:http";
import { answerOperations, type Operations } from "./answer-operations";
import { patiently } from "./patiently";
import type { Runtime } from "./runtime";
import { VERSION } from "./version";

export interface OperationsServer {
  stop(): Promise<void>;
}

/**
 * What an operator asks of a process without pages, on 127.0.0.1: whoever comes is this machine. Anything else is a 404. Rejects when the port
 * is taken.
 */
export async function serveOperations(input: {
  runtime: Pick<Runtime, "health" | "oldestDueSeconds" | "migrations" | "counters">;
  eventLoop: Operations["eventLoop"];
  metricsToken: string | null;
  port: number;
}): Promise<OperationsServer> {
  const { runtime, eventLoop, metricsToken, port } = input;
  const operations = {
    health: patiently(() => runtime.health()),
    oldestDueSeconds: patiently(() => runtime.oldestDueSeconds()),
    migrations: patiently(() => runtime.migrations()),
    counters: () => runtime.counters,
    ...{ eventLoop, metricsToken, version: VERSION },
  };
  const server = createServer((request, response) => {
    const came = {
      address: request.socket.remoteAddress ?? "",
      proxied: false,
      origin: `http://127.0.0.1:${port}`,
    };
    answerOperations(request, response, came, operations).then(
      (answered) => answered || response.writeHead(404).end(),
      () => request.socket.destroy(),
    );
  });
  await new Promise<void>((settle, fail) => {
    server.once("error", fail);
    server.listen(port, "127.0.0.1", settle);
  });
  return {
    stop: () => {
      server.closeAllConnections();
      return new Promise((settle) => server.close(() => settle()));
    },
  };
}
