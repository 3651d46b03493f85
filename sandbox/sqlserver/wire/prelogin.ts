import type { ServerRelease } from "../model/server-release";
import { ByteWriter } from "./byte-writer";

/** The client's ENCRYPTION byte of PRELOGIN (MS-TDS 2.2.6.5). */
export const ENCRYPTION = { off: 0, on: 1, notSupported: 2, required: 3 } as const;

/** What the client asked for about encryption. Throws when the option table is damaged. */
export function readPrelogin(body: Buffer): { encryption: number } {
  let encryption: number = ENCRYPTION.notSupported;
  for (let at = 0; at < body.length && body.readUInt8(at) !== 0xff; at += 5) {
    const offset = body.readUInt16BE(at + 1);
    const length = body.readUInt16BE(at + 3);
    if (body.readUInt8(at) === 1 && length >= 1) encryption = body.readUInt8(offset);
  }
  return { encryption };
}

/**
 * The server's answer. A client that asks for encryption gets it, one that cannot stays plain; OFF is never answered,
 * because clients disagree on what happens after the login then.
 */
export function preloginReply(
  clientEncryption: number,
  { major, minor, build }: ServerRelease,
): { body: Buffer; encrypt: boolean } {
  const encrypt = clientEncryption === ENCRYPTION.on || clientEncryption === ENCRYPTION.required;
  const options: [number, Buffer][] = [
    [0, Buffer.from([major, minor, build >> 8, build & 0xff, 0, 0])],
    [1, Buffer.from([encrypt ? ENCRYPTION.on : ENCRYPTION.notSupported])],
    [2, Buffer.from([0])],
    [3, Buffer.alloc(0)],
    [4, Buffer.from([0])],
  ];
  const writer = new ByteWriter();
  let offset = options.length * 5 + 1;
  for (const [token, data] of options) {
    writer.u8(token).u16be(offset).u16be(data.length);
    offset += data.length;
  }
  writer.u8(0xff);
  for (const [, data] of options) writer.bytes(data);
  return { body: writer.take(), encrypt };
}
