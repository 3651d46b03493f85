import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { makeToken } from "@/lib/auth/token";
import type { Actor } from "@/lib/context/context";
import { noSpans } from "@/lib/diagnosis/in-span";
import type { Watch } from "@/lib/engine/start-watch";
import type { IdentitySources } from "@/lib/identity/sources/identity-sources";
import { admit, needsSession } from "@/lib/server/admit";
import { setCtxFactory } from "@/lib/server/ctx-registry";
import { guardExchange } from "@/lib/server/guard-exchange";
import type { PagePolicy } from "@/lib/server/page-policy";
import { openFirstStart } from "@/lib/services/people/administrators";
import { lookAtDirectoryAgain } from "@/lib/services/people/look-again";
import type { MadeLink } from "@/lib/services/people/sign-in-links";
import { answerOperations, type Operations } from "./answer-operations";
import type { Config } from "./config";
import { createIdentity } from "./create-identity";
import { startForwarding } from "./forward-audit-on";
import type { IdentitySettings } from "./identity-config";
import { watchLoopDelay } from "./loop-delay";
import { openFor, TERMINAL } from "./open-for";
import { createTlsServer } from "./own-certificate";
import { patiently } from "./patiently";
import { answersHere, type Reach } from "./reach";
import { type Runtime, startRuntime } from "./runtime";
import { traceRequest } from "./trace-request";
import { VERSION } from "./version";

export interface Dashboard {
  /** Where this machine reaches it: `http://127.0.0.1:3000`. */
  localUrl: string;
  /** Where browsers do; the same, unless there is a public address. */
  url: string;
  /** To be said to whoever starts it. */
  warnings: string[];
  /** By it this machine's commands are known. */
  machineKey: string;
  /** Signs the local administrator in, as long as no administrator has a password; null too where nobody signs in. */
  firstStart: MadeLink | null;
  /** Takes no more requests, ends steps where they can go on later, closes the store. Safe to call twice. */
  stop(): Promise<void>;
}

const LOOPBACK = "127.0.0.1";
const LOOK_AGAIN_MS = 5 * 60_000;
/** Whose name stands in the audit where the directory has shut somebody out. */
const DIRECTORY_WATCH: Actor = { kind: "person", id: "directory", name: "directory", role: "administrator" };
const FIRST_PORT = 3000;
const PORTS_TRIED = 50;
/**
 * How long a connection that says nothing is kept: longer than proxies and clients keep theirs (60 s in most), so that it is
 * they who close it. A request sent at the moment in which we close is lost, and not all of them repeat it.
 */
const IDLE_CONNECTION_MS = 75_000;
/** Above it, or Node would close a connection as too slow with its next headers. */
const HEADERS_MS = 80_000;

/**
 * Pages, API and engine in this process, on 127.0.0.1 unless the configuration opens it further. Takes connections from the first moment on: the sign-in page waits for
 * Next only, any other page and a call of the API also for the store. `port` null: the first free one from 3000 on. Resolves when all is
 * up. Throws Error when no port is free or the certificate can't be used, and what `startRuntime` throws.
 */
export async function startDashboard(input: {
  /** Awaited by what needs it, while Next gets ready. */
  config: Config | Promise<Config>;
  reach: Reach;
  /** Who else knows people. */
  identity: IdentitySettings;
  port: number | null;
  /** Next's development server: pages are compiled as they are asked for. */
  dev: boolean;
}): Promise<Dashboard> {
  const { reach } = input;
  const timeouts = { keepAliveTimeout: IDLE_CONNECTION_MS, headersTimeout: HEADERS_MS };
  const server: Server = reach.tls ? createTlsServer(reach.tls, timeouts) : createServer(timeouts);
  const port = await listen(server, reach.host, input.port);
  // Commands and probes of this machine come without TLS and under its own names.
  const beside = answersHere(reach) ? null : createServer(timeouts);
  const localPort = beside === null ? port : await listenAnywhere(beside);
  const servers = beside === null ? [server] : [server, beside];
  let runtime: Runtime | null = null;
  let next: Awaited<ReturnType<typeof prepareNext>> | null = null;
  let stopping: Promise<void> | null = null;
  let forwarding: Watch | null = null;
  const stop = async () => {
    setCtxFactory(null);
    eventLoop.stop();
    for (const each of servers) {
      each.close();
      each.closeIdleConnections();
    }
    await forwarding?.stop();
    await runtime?.stop();
    // Streams of open pages would last for ever; the pages come back when there is a server again.
    for (const each of servers) each.closeAllConnections();
    await next?.close();
  };
  const pages = prepareNext({ server, port, dev: input.dev });
  const machineKey = makeToken();
  const services = startServices(input.config, machineKey, createIdentity(input.identity));
  const eventLoop = watchLoopDelay();
  let opened: Runtime | null = null;
  void services.then(
    (up) => {
      opened = up;
    },
    () => undefined,
  );
  const operations: Operations = {
    health: patiently(() => opened?.health() ?? null),
    oldestDueSeconds: patiently(() => opened?.oldestDueSeconds() ?? null),
    migrations: patiently(() => opened?.migrations() ?? null),
    counters: () => opened?.counters ?? null,
    eventLoop,
    version: VERSION,
    metricsToken: reach.metricsToken,
  };
  const policy = Promise.resolve(input.config).then((config) => pagePolicy(config, input.dev));
  const everything = Promise.all([pages, services]);
  const take = (request: IncomingMessage, response: ServerResponse) => {
    const answer = async () => {
      const came = guardExchange(request, response, { policy: await policy, door: reach.door });
      if (came === null) return;
      if (await answerOperations(request, response, came, operations)) return;
      const needsStore = request.url?.startsWith("/api/") || needsSession(request.url ?? "/");
      await (needsStore ? everything : pages);
      await traceRequest(opened?.inSpan ?? noSpans, request, response, async () => {
        if (await admit(request, response)) return;
        await (await pages).handle(request, response);
      });
    };
    answer().catch(() => request.socket.destroy());
  };
  for (const each of servers) each.on("request", take);
  try {
    [next, runtime] = await everything;
  } catch (error) {
    // What has been started must not outlive what was not.
    runtime = await services.catch(() => null);
    next = await pages.catch(() => null);
    await stop();
    throw error;
  }
  const { auditTo } = await input.config;
  if (auditTo !== null) forwarding = startForwarding(runtime.ctxFor(TERMINAL), auditTo);
  const localUrl = `http://${LOOPBACK}:${localPort}`;
  return {
    localUrl,
    url: reach.door.publicOrigin ?? (reach.tls ? `https://localhost:${port}` : localUrl),
    warnings: [reach.warning, rightsWarning(runtime)].filter((each) => each !== null),
    machineKey,
    firstStart:
      (await input.config).signIn === "off" ? null : await openFirstStart({ ctx: runtime.ctxFor(TERMINAL) }),
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

/** Where people sign in, the record is to hold against whoever takes the product over, too. */
function rightsWarning({ rights }: Runtime): string | null {
  if (rights === null || rights.tooMuch.length === 0) return null;
  return (
    `The database role ${rights.role} could change what was recorded (${rights.tooMuch.join(", ")}). ` +
    "One that only adds to it: docs/operations.md, A role that only adds."
  );
}

function pagePolicy({ sandbox }: Config, dev: boolean): PagePolicy {
  return { dev, connectTo: sandbox === null ? [] : [new URL(sandbox.oss.endpoint).origin] };
}

async function startServices(
  config: Config | Promise<Config>,
  machineKey: string,
  identity: IdentitySources,
): Promise<Runtime> {
  const known = await config;
  const runtime = await startRuntime(known, {
    runsSteps: known.engine === "in_process",
    identity,
    traces: true,
  });
  setCtxFactory(openFor(runtime, { machineKey, signIn: known.signIn }));
  return identity.directory === null ? runtime : lookingAgain(runtime);
}

/** Who was shut out in the directory is signed out within five minutes. */
function lookingAgain(runtime: Runtime): Runtime {
  const ctx = runtime.ctxFor(DIRECTORY_WATCH);
  const timer = setInterval(() => {
    lookAtDirectoryAgain({ ctx }).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      ctx.log.warn({ reason }, "the directory was not looked at again");
    });
  }, LOOK_AGAIN_MS);
  timer.unref();
  return {
    ...runtime,
    stop: () => {
      clearInterval(timer);
      return runtime.stop();
    },
  };
}

async function prepareNext(options: { server: Server; port: number; dev: boolean }) {
  const { server, port, dev } = options;
  // Read by Next and React as they are loaded.
  Object.assign(process.env, {
    NODE_ENV: dev ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
  });
  const { default: createNext } = await import("next");
  const app = createNext({
    dev,
    dir: process.cwd(),
    hostname: LOOPBACK,
    port,
    httpServer: server,
    quiet: true,
  });
  await app.prepare();
  return { handle: app.getRequestHandler(), close: () => app.close() };
}

async function listen(server: Server, host: string, wanted: number | null): Promise<number> {
  if (wanted !== null) {
    if (await tryPort(server, host, wanted)) return wanted;
    throw new Error(
      `Port ${wanted} is taken by another program. Choose another with --port, or leave it out.`,
    );
  }
  const last = FIRST_PORT + PORTS_TRIED - 1;
  for (let port = FIRST_PORT; port <= last; port += 1) if (await tryPort(server, host, port)) return port;
  throw new Error(`No free port from ${FIRST_PORT} to ${last}. Name one with --port.`);
}

/** False: taken. Throws Error when the address is not this machine's, or the port is for privileged users. */
function tryPort(server: Server, host: string, port: number): Promise<boolean> {
  return new Promise((settle, fail) => {
    const refused = (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE"
        ? settle(false)
        : fail(new Error(`${host} can't be listened on: ${error.message}`, { cause: error }));
    server.once("error", refused);
    server.listen(port, host, () => {
      server.off("error", refused);
      settle(true);
    });
  });
}

async function listenAnywhere(server: Server): Promise<number> {
  await new Promise<void>((settle, fail) => {
    server.once("error", fail);
    server.listen(0, LOOPBACK, settle);
  });
  const { port } = server.address() as AddressInfo;
  return port;
}
