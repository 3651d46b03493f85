import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { isIP, Socket } from "node:net";
import { domainToASCII } from "node:url";
import { sourceFailure } from "./source-failure";

export interface SocketTarget {
  /** Name or address. */
  host: string;
  port: number;
}

/** The first byte of what may go out before TLS stands: PRELOGIN, and TLS records themselves (RFC 8446, 5.1). */
const PRELOGIN = 0x12;
const TLS_RECORDS = { first: 20, last: 24 } as const;

/**
 * A TCP connection to a server; of several addresses the one that answers first counts (a listener of an availability
 * group has one in every subnet). Throws the system's error, of several addresses an AggregateError.
 */
export async function openSocket(target: SocketTarget, signal?: AbortSignal): Promise<Socket> {
  const host = target.host.startsWith("[") ? target.host.slice(1, -1) : target.host;
  const addresses =
    isIP(host) === 0 ? await lookup(domainToASCII(host) || host, { all: true }) : [{ address: host }];
  const sockets = addresses.map(() => new Socket(signal ? { signal } : {}));
  const connected = sockets.map(async (socket, index) => {
    socket.connect({ host: addresses[index]?.address ?? host, port: target.port });
    await once(socket, "connect");
    return socket;
  });
  try {
    const first = await Promise.any(connected);
    for (const socket of sockets) if (socket !== first) abandon(socket);
    return first;
  } catch (error) {
    const errors = error instanceof AggregateError ? error.errors : [error];
    throw new AggregateError(errors, "Could not connect.");
  }
}

/**
 * Lets nothing but PRELOGIN leave the socket before TLS: the driver goes on in clear where a server answers that it has no
 * encryption (ENCRYPT_NOT_SUP) or wants it for the login only (ENCRYPT_OFF), and its next packet is the login with the
 * password. It is not sent; the connection ends with ExternalError `ENOTENCRYPTED`. The handshake travels in packets of
 * type PRELOGIN, what follows it in TLS records of their own.
 * https://learn.microsoft.com/openspecs/windows_protocols/ms-tds/60f56408-0188-4cd5-8b90-25c6f2423868
 */
export function refuseClearText(socket: Socket): Socket {
  let encrypted = false;
  socket.write = new Proxy(socket.write, {
    apply(write, self, sent: unknown[]) {
      const [chunk] = sent;
      const first = chunk instanceof Uint8Array ? (chunk[0] ?? PRELOGIN) : 0;
      encrypted ||= first >= TLS_RECORDS.first && first <= TLS_RECORDS.last;
      if (encrypted || first === PRELOGIN) return Reflect.apply(write, self, sent);
      const message = "The server offers no encryption although TLS is on; the login was not sent.";
      socket.destroy(sourceFailure("invalid", "ENOTENCRYPTED", message));
      return false;
    },
  });
  return socket;
}

/** What still connects, or did so too late: nobody waits for it. */
function abandon(socket: Socket): void {
  socket.on("error", () => undefined);
  socket.destroy();
}
