import { crc64Module, crc64Tables, SCRATCH_BYTES, TABLE_BYTES } from "./crc64-module";

const PIECE_BYTES = 256 * 1024;
const DATA = TABLE_BYTES + SCRATCH_BYTES;

type Crc64Call = (at: number, bytes: number, scratch: number, previous: bigint) => bigint;

let ready: { room: Uint8Array; crc: Crc64Call } | null = null;

/**
 * CRC-64/XZ as lib/backup/crc64.ts defines it, in WebAssembly: of `previous`'s bytes followed by `bytes`; start with 0n. On
 * the caller's thread: for amounts that are small.
 */
export function crc64(bytes: Uint8Array, previous = 0n): bigint {
  ready ??= prepare();
  let sum = previous;
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    const piece = bytes.subarray(at, at + PIECE_BYTES);
    ready.room.set(piece, DATA);
    sum = ready.crc(DATA, piece.length, TABLE_BYTES, sum);
  }
  return BigInt.asUintN(64, sum);
}

function prepare(): { room: Uint8Array; crc: Crc64Call } {
  const pages = Math.ceil((DATA + PIECE_BYTES) / 65_536);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const room = new Uint8Array(memory.buffer);
  room.set(crc64Tables());
  const { exports } = new WebAssembly.Instance(crc64Module(), { e: { m: memory } });
  return { room, crc: exports.crc64 as Crc64Call };
}
