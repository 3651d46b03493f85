import { createServer } from "node:http";

/** A system beside the migration that has a word in its cutover. */
export interface HookServer {
  url: string;
  secret: string;
  stop(): Promise<void>;
}

/** Starts one on loopback that lets everything begin but the opening. */
export async function startHookServer(): Promise<HookServer> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { type }: { type?: string } = JSON.parse(Buffer.concat(chunks).toString());
      const isRefused = type === "chainferry.cutover.before_open";
      response.writeHead(isRefused ? 409 : 204).end(isRefused ? "orders are still being booked" : undefined);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/cutover`,
    secret: `whsec_${Buffer.from("known to both sides only").toString("base64")}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}
