import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { afterEach, expect, test, vi } from "vitest";
import { type CountingProxy, startCountingProxy } from "@/lib/network/counting-proxy-fixture";
import { playDemo } from "./play-demo";

/** Told by Node for each request that a server of this process gets. */
const CHANNEL = "http.server.request.start";

interface Arrival {
  asked: string;
  serverPort: number;
  clientPort: number;
}

let proxy: CountingProxy | null = null;
let stopCounting: () => void = () => undefined;
afterEach(async () => {
  stopCounting();
  vi.unstubAllEnvs();
  await proxy?.stop();
});

function countArrivals(): Arrival[] {
  const arrivals: Arrival[] = [];
  const note = (message: unknown): void => {
    const { socket, request } = message as { socket: IncomingMessage["socket"]; request: IncomingMessage };
    arrivals.push({
      asked: `${request.method} ${request.url}`,
      serverPort: socket.localPort ?? 0,
      clientPort: socket.remotePort ?? 0,
    });
  };
  subscribe(CHANNEL, note);
  stopCounting = () => unsubscribe(CHANNEL, note);
  return arrivals;
}

const play = () => playDemo({ json: true, scenario: "clean", timeFactor: 600 });

test("a whole migration goes through the proxy, and no request of OSS, RDS or RAM beside it", async () => {
  const arrivals = countArrivals();
  const counting = await startCountingProxy();
  proxy = counting;
  vi.stubEnv("HTTP_PROXY", counting.url);
  vi.stubEnv("HTTPS_PROXY", counting.url);
  vi.stubEnv("NO_PROXY", "");
  vi.stubEnv("CHAINFERRY_PROXY_LOOPBACK", "1");
  const report = await play();
  expect(report.status).toBe("online");

  const proxyPort = Number(new URL(counting.url).port);
  // The demo itself asks the sandbox's own page at the end what has happened.
  const atServices = arrivals.filter(
    ({ serverPort, asked }) => serverPort !== proxyPort && !asked.includes(" /sandbox/"),
  );
  const beside = atServices.filter(({ clientPort }) => !counting.ports.has(clientPort));
  expect(beside).toEqual([]);
  const services = new Set(atServices.map(({ serverPort }) => serverPort));
  // OSS, and RDS with RAM and STS.
  expect(services.size).toBe(2);
  const relayed = [...counting.relayed.values()].reduce((sum, count) => sum + count, 0);
  expect(relayed).toBe(atServices.length);
  expect(relayed).toBeGreaterThan(50);
});

test("the same count finds requests beside a proxy that is not asked for loopback", async () => {
  const arrivals = countArrivals();
  const counting = await startCountingProxy();
  proxy = counting;
  vi.stubEnv("HTTP_PROXY", counting.url);
  vi.stubEnv("CHAINFERRY_PROXY_LOOPBACK", "0");
  const report = await play();
  expect(report.status).toBe("online");
  expect(counting.relayed.size).toBe(0);
  expect(arrivals.filter(({ clientPort }) => !counting.ports.has(clientPort)).length).toBeGreaterThan(50);
});
