import { crc64Module, crc64Tables, SCRATCH_BYTES, TABLE_BYTES } from "./crc64-module";

/**
 * CRC-64/XZ, the checksum OSS reports in `x-oss-hash-crc64ecma` and ListParts: reflected ECMA-182 polynomial, start
 * and final value all ones. https://www.alibabacloud.com/help/en/oss/developer-reference/check-data-transmission-integrity-by-using-crc-64
 */
const POLYNOMIAL = 0xc96c5795d7870f42n;
const ONE = 1n << 63n;
const PIECE_BYTES = 256 * 1024;
const DATA = TABLE_BYTES + SCRATCH_BYTES;

type Crc64Call = (at: number, bytes: number, scratch: number, previous: bigint) => bigint;

let ready: { room: Uint8Array; crc: Crc64Call } | null = null;

/** Checksum of `previous`'s bytes followed by `bytes`; start with 0n. On the caller's thread: for amounts that are small. */
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

/** Checksum of A followed by B from theirs and B's length in bytes, without reading either again. */
export function combineCrc64(crcA: bigint, crcB: bigint, lengthB: number): bigint {
  return multiply(powerOfBytes(lengthB), crcA) ^ crcB;
}

/** a·b modulo the polynomial, bits reflected: the highest bit is x^0. */
function multiply(a: bigint, b: bigint): bigint {
  let product = 0n;
  let factor = b;
  for (let bit = ONE; bit > 0n; bit >>= 1n) {
    if (a & bit) product ^= factor;
    factor = factor & 1n ? (factor >> 1n) ^ POLYNOMIAL : factor >> 1n;
  }
  return product;
}

/** x^(2^n) for n from 0 on. */
const squares: bigint[] = [ONE >> 1n];
const powers = new Map<number, bigint>();

/** x^(8·length): appending that many zero bytes. Parts of an upload are of equal size, so the last ones are kept. */
function powerOfBytes(length: number): bigint {
  const known = powers.get(length);
  if (known !== undefined) return known;
  let power = ONE;
  let rest = BigInt(length);
  for (let n = 3; rest > 0n; n++, rest >>= 1n) {
    if (rest & 1n) power = multiply(square(n), power);
  }
  if (powers.size > 64) powers.clear();
  powers.set(length, power);
  return power;
}

function square(n: number): bigint {
  const known = squares[n];
  if (known !== undefined) return known;
  const root = square(n - 1);
  const value = multiply(root, root);
  squares[n] = value;
  return value;
}
