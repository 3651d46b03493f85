import { createSocket } from "node:dgram";
import { lookup } from "node:dns/promises";
import { sourceFailure } from "./source-failure";

export interface InstanceQuery {
  host: string;
  instanceName: string;
  /** SQL Server Browser listens on UDP 1434. */
  browserPort?: number;
  /** How long all of it may take. The question is asked three times, because UDP may lose it, each for 1.5 s at most. */
  timeoutMs: number;
}

const BROWSER_PORT = 1434;
const QUESTION_MS = 1500;
const TRIES = 3;
const CLNT_UCAST_INST = 0x04;
const SVR_RESP = 0x05;

/**
 * Asks SQL Server Browser for the TCP port of a named instance. Throws ExternalError that tells apart a host that is
 * not known (`ENOTFOUND`), a Browser that does not answer (`EBROWSER`), an instance it does not know (`EINSTLOOKUP`:
 * the Browser keeps silent about it too) and one that does not listen on TCP (`ENOTCP`).
 * https://learn.microsoft.com/openspecs/windows_protocols/mc-sqlr
 */
export async function findInstancePort(query: InstanceQuery): Promise<number> {
  const { host, instanceName, browserPort = BROWSER_PORT } = query;
  const timeoutMs = Math.min(QUESTION_MS, query.timeoutMs / TRIES);
  const { address, family } = await lookup(host).catch((error: NodeJS.ErrnoException) => {
    throw sourceFailure("unavailable", error.code ?? "ENOTFOUND", error.message);
  });
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const answer = await ask({ address, family, port: browserPort, instanceName, timeoutMs });
    if (answer === null) continue;
    const port = readPort(answer, instanceName);
    if (port !== null) return port;
    const known = valuesOf(answer, "InstanceName").join(", ");
    throw known.toUpperCase().split(", ").includes(instanceName.toUpperCase())
      ? sourceFailure("unavailable", "ENOTCP", `Instance ${instanceName} of ${host} does not listen on TCP.`)
      : sourceFailure("not_found", "EINSTLOOKUP", `SQL Server Browser on ${host} knows only: ${known}.`);
  }
  throw sourceFailure(
    "timeout",
    "EBROWSER",
    `SQL Server Browser on ${host}, UDP ${browserPort}, did not answer for instance ${instanceName}.`,
  );
}

/** One question; null when nothing came in time. A refused datagram (no Browser there) counts as no answer. */
function ask(input: {
  address: string;
  family: number;
  port: number;
  instanceName: string;
  timeoutMs: number;
}): Promise<string | null> {
  const socket = createSocket(input.family === 6 ? "udp6" : "udp4");
  return new Promise((resolve) => {
    const finish = (answer: string | null) => {
      clearTimeout(timer);
      socket.close();
      resolve(answer);
    };
    const timer = setTimeout(() => finish(null), input.timeoutMs);
    socket.once("error", () => finish(null));
    socket.on("message", (bytes) => {
      if (bytes[0] === SVR_RESP) finish(bytes.subarray(3).toString("latin1"));
    });
    // Connected, so that datagrams of others are not taken for the answer.
    socket.connect(input.port, input.address, () => {
      socket.send(
        Buffer.concat([Buffer.from([CLNT_UCAST_INST]), Buffer.from(`${input.instanceName}\0`, "latin1")]),
      );
    });
  });
}

/** `ServerName;PROD;InstanceName;SQL2019;IsClustered;No;Version;15.0.2000.5;tcp;49721;;`, one or several. */
function readPort(answer: string, instanceName: string): number | null {
  for (const instance of answer.split(";;")) {
    const [name] = valuesOf(instance, "InstanceName");
    if (name?.toUpperCase() !== instanceName.toUpperCase()) continue;
    const port = Number(valuesOf(instance, "tcp")[0]);
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
  }
  return null;
}

function valuesOf(answer: string, key: string): string[] {
  return answer.split(";;").flatMap((instance) => {
    const parts = instance.split(";");
    return parts.flatMap((part, at) => (at % 2 === 0 && part === key ? [parts[at + 1] ?? ""] : []));
  });
}
