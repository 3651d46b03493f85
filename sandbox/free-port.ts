import { createServer } from "node:net";

/** Below the ports that systems give out by themselves: what else runs here takes thousands of those. */
const LOWEST = 20_000;
const COUNT = 10_000;

/** For tests and benchmarks: a port of 127.0.0.1 on which nobody listens, and which nobody gets by chance before it is used. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * COUNT);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const probe = createServer();
    probe.once("error", () => settle(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => settle(true)));
  });
}
