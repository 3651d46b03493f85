/** Packet types of MS-TDS 2.2.3.1.1 that a server meets. */
export const PACKET = {
  sqlBatch: 0x01,
  rpc: 0x03,
  reply: 0x04,
  attention: 0x06,
  transaction: 0x0e,
  login7: 0x10,
  sspi: 0x11,
  prelogin: 0x12,
} as const;

export const HEADER_BYTES = 8;
const STATUS_END = 0x01;
const STATUS_IGNORE = 0x02;
const STATUS_RESET = 0x18;

export interface TdsMessage {
  type: number;
  /** The client gave the message up while sending it (IGNORE). */
  ignored: boolean;
  /** RESETCONNECTION: the session starts afresh before the request runs. */
  reset: boolean;
  body: Buffer;
}

/** Longest message a client may send; a backup statement is a few hundred bytes. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

/**
 * Cuts a byte stream into packets and packets into messages. An attention is a message of its own, also between the
 * packets of another. `push` throws on a header that is not TDS.
 */
export class PacketReader {
  private pending: Buffer = Buffer.alloc(0);
  private parts: Buffer[] = [];
  private size = 0;
  private reset = false;

  push(bytes: Buffer): TdsMessage[] {
    this.pending = this.pending.length === 0 ? bytes : Buffer.concat([this.pending, bytes]);
    const messages: TdsMessage[] = [];
    for (;;) {
      if (this.pending.length < HEADER_BYTES) return messages;
      const length = this.pending.readUInt16BE(2);
      if (length < HEADER_BYTES) throw new Error("Not a TDS packet.");
      if (this.pending.length < length) return messages;
      const type = this.pending.readUInt8(0);
      const status = this.pending.readUInt8(1);
      const body = this.pending.subarray(HEADER_BYTES, length);
      this.pending = this.pending.subarray(length);
      if (type === PACKET.attention) {
        messages.push({ type, ignored: false, reset: false, body });
        continue;
      }
      if (this.parts.length === 0) this.reset = (status & STATUS_RESET) !== 0;
      this.parts.push(body);
      this.size += body.length;
      if (this.size > MAX_MESSAGE_BYTES) throw new Error("The message is too long.");
      if ((status & STATUS_END) !== 0) {
        const ignored = (status & STATUS_IGNORE) !== 0;
        messages.push({ type, ignored, reset: this.reset, body: Buffer.concat(this.parts) });
        this.parts = [];
        this.size = 0;
      }
    }
  }
  /** Bytes behind the last whole packet: what a TLS client sends after its first prelogin packet. */
  takeRest(): Buffer {
    const rest = this.pending;
    this.pending = Buffer.alloc(0);
    return rest;
  }
}

/** One packet: big-endian length, server process id, packet number from 1. */
export function packet(
  type: number,
  body: Uint8Array,
  options: { end: boolean; spid: number; number: number },
): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(type, 0);
  header.writeUInt8(options.end ? STATUS_END : 0, 1);
  header.writeUInt16BE(HEADER_BYTES + body.length, 2);
  header.writeUInt16BE(options.spid, 4);
  header.writeUInt8(options.number & 0xff, 6);
  return Buffer.concat([header, body]);
}
