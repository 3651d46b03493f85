import { Duplex } from "node:stream";
import { createSecureContext, type SecureContext, TLSSocket } from "node:tls";
import { PACKET, packet } from "./packets";

export interface TlsContexts {
  /** Inside TDS 7.x: at most TLS 1.2, whose records survive being wrapped in packets. */
  wrapped: SecureContext;
  /** TDS 8: TLS comes first, TLS 1.3 included. */
  strict: SecureContext;
}

/** `legacy`: TLS 1.0 and 1.1 alone, with OpenSSL's level 0, as SQL Server 2008 R2 without its update. */
export function tlsContexts(
  key: string,
  certificate: string,
  versions: "current" | "legacy" = "current",
): TlsContexts {
  if (versions === "legacy") {
    const legacy = createSecureContext({
      key,
      cert: certificate,
      minVersion: "TLSv1",
      maxVersion: "TLSv1.1",
      ciphers: "DEFAULT@SECLEVEL=0",
    });
    return { wrapped: legacy, strict: legacy };
  }
  return {
    wrapped: createSecureContext({ key, cert: certificate, minVersion: "TLSv1.2", maxVersion: "TLSv1.2" }),
    strict: createSecureContext({ key, cert: certificate, minVersion: "TLSv1.2" }),
  };
}

/**
 * TLS over a TDS connection. In TDS 7.x the handshake travels in PRELOGIN packets, one message a flight, and plain
 * records follow; the switch happens when the client's bytes stop being packets. In TDS 8 all is plain records.
 */
export class TlsTunnel {
  readonly socket: TLSSocket;
  private wrapped: boolean;
  private incoming: Buffer = Buffer.alloc(0);
  private flight: Buffer[] = [];
  private readonly channel: Duplex;

  constructor(
    contexts: TlsContexts,
    private readonly send: (bytes: Buffer) => void,
    mode: "wrapped" | "strict",
  ) {
    this.wrapped = mode === "wrapped";
    this.channel = new Duplex({
      read: () => {},
      write: (chunk: Buffer, _encoding, done) => {
        this.outgoing(chunk);
        done();
      },
    });
    this.socket = new TLSSocket(this.channel, {
      isServer: true,
      secureContext: mode === "wrapped" ? contexts.wrapped : contexts.strict,
      ...(mode === "strict" ? { ALPNProtocols: ["tds/8.0"] } : {}),
    });
  }

  private outgoing(chunk: Buffer): void {
    if (!this.wrapped) {
      this.send(chunk);
      return;
    }
    // The client waits for exactly one message per flight, and a flight is written in several pieces.
    if (this.flight.length === 0) setImmediate(() => this.sendFlight());
    this.flight.push(chunk);
  }

  private sendFlight(): void {
    const bytes = Buffer.concat(this.flight);
    this.flight = [];
    const room = 4096 - 8;
    for (let at = 0, number = 1; at < bytes.length; at += room, number++) {
      const end = at + room >= bytes.length;
      this.send(packet(PACKET.prelogin, bytes.subarray(at, at + room), { end, spid: 0, number }));
    }
  }

  /** Bytes from the client, as they came from the network. */
  receive(bytes: Buffer): void {
    if (!this.wrapped) {
      this.channel.push(bytes);
      return;
    }
    this.incoming = Buffer.concat([this.incoming, bytes]);
    while (this.incoming.length > 0) {
      if (this.incoming.readUInt8(0) !== PACKET.prelogin) {
        this.wrapped = false;
        const rest = this.incoming;
        this.incoming = Buffer.alloc(0);
        this.channel.push(rest);
        return;
      }
      if (this.incoming.length < 8) return;
      const length = this.incoming.readUInt16BE(2);
      if (length < 8) {
        this.socket.destroy();
        return;
      }
      if (this.incoming.length < length) return;
      const record = this.incoming.subarray(8, length);
      this.incoming = this.incoming.subarray(length);
      this.channel.push(record);
    }
  }

  close(): void {
    this.channel.push(null);
    this.socket.destroy();
  }
}
