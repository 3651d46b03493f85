/** What the client says in LOGIN7 (MS-TDS 2.2.6.4). */
export interface LoginRequest {
  tdsVersion: number;
  packetSize: number;
  hostName: string;
  userName: string;
  password: string;
  programName: string;
  library: string;
  database: string;
  /** The client wants Windows authentication and begins it with `sspi`. */
  integrated: boolean;
  sspi: Buffer;
  /** The client sent feature extensions and understands FEATUREEXTACK. */
  extended: boolean;
}

/** Throws when the record is shorter than its fields say. */
export function readLogin7(body: Buffer): LoginRequest {
  const text = (at: number) => {
    const offset = body.readUInt16LE(at);
    const characters = body.readUInt16LE(at + 2);
    return bytesAt(body, offset, characters * 2);
  };
  return {
    tdsVersion: body.readUInt32LE(4),
    packetSize: body.readUInt32LE(8),
    hostName: text(36).toString("utf16le"),
    userName: text(40).toString("utf16le"),
    password: unscramble(text(44)),
    programName: text(48).toString("utf16le"),
    library: text(60).toString("utf16le"),
    database: text(68).toString("utf16le"),
    integrated: (body.readUInt8(25) & 0x80) !== 0,
    sspi: bytesAt(body, body.readUInt16LE(78), body.readUInt16LE(80)),
    extended: (body.readUInt8(27) & 0x10) !== 0 && body.readUInt16LE(58) > 0,
  };
}

function bytesAt(body: Buffer, offset: number, length: number): Buffer {
  if (length === 0) return Buffer.alloc(0);
  if (offset + length > body.length) throw new Error("LOGIN7 ends early.");
  return body.subarray(offset, offset + length);
}

/** The password is only obscured: each byte XOR 0xA5, then its halves swapped. */
function unscramble(bytes: Buffer): string {
  return Buffer.from(
    bytes.map((byte) => {
      const plain = byte ^ 0xa5;
      return ((plain << 4) | (plain >> 4)) & 0xff;
    }),
  ).toString("utf16le");
}
