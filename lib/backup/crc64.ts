/**
 * CRC-64/XZ, the checksum OSS reports in `x-oss-hash-crc64ecma` and ListParts: reflected ECMA-182 polynomial, start
 * and final value all ones. https://www.alibabacloud.com/help/en/oss/developer-reference/check-data-transmission-integrity-by-using-crc-64
 */
const POLYNOMIAL = 0xc96c5795d7870f42n;
const LANES = 8;
const ONE = 1n << 63n;

/** Table `t` is the effect of a byte that `t` more bytes follow; 64-bit entries as two halves. */
const low = new Int32Array(LANES * 256);
const high = new Int32Array(LANES * 256);

for (let index = 0; index < 256; index++) {
  let entry = BigInt(index);
  for (let bit = 0; bit < 8; bit++) entry = entry & 1n ? (entry >> 1n) ^ POLYNOMIAL : entry >> 1n;
  low[index] = Number(BigInt.asIntN(32, entry));
  high[index] = Number(BigInt.asIntN(32, entry >> 32n));
}
for (let lane = 1; lane < LANES; lane++) {
  for (let index = 0; index < 256; index++) {
    const at = lane * 256 + index;
    const before = at - 256;
    const first = (low[before] ?? 0) & 255;
    low[at] = (((low[before] ?? 0) >>> 8) | ((high[before] ?? 0) << 24)) ^ (low[first] ?? 0);
    high[at] = ((high[before] ?? 0) >>> 8) ^ (high[first] ?? 0);
  }
}

/**
 * Checksum of `previous`'s bytes followed by `bytes`; start with 0n. Eight bytes a step (slicing by 8) over 32-bit
 * halves, because BigInt arithmetic is a hundred times slower.
 */
export function crc64(bytes: Uint8Array, previous = 0n): bigint {
  let lo = Number(BigInt.asIntN(32, ~previous));
  let hi = Number(BigInt.asIntN(32, ~previous >> 32n));
  const end = bytes.length;
  let at = 0;
  for (; at + 8 <= end; at += 8) {
    lo ^= word(bytes, at);
    hi ^= word(bytes, at + 4);
    const a = 1792 + (lo & 255);
    const b = 1536 + ((lo >>> 8) & 255);
    const c = 1280 + ((lo >>> 16) & 255);
    const d = 1024 + (lo >>> 24);
    const e = 768 + (hi & 255);
    const f = 512 + ((hi >>> 8) & 255);
    const g = 256 + ((hi >>> 16) & 255);
    const h = hi >>> 24;
    lo = entry(low, a) ^ entry(low, b) ^ entry(low, c) ^ entry(low, d);
    lo ^= entry(low, e) ^ entry(low, f) ^ entry(low, g) ^ entry(low, h);
    hi = entry(high, a) ^ entry(high, b) ^ entry(high, c) ^ entry(high, d);
    hi ^= entry(high, e) ^ entry(high, f) ^ entry(high, g) ^ entry(high, h);
  }
  for (; at < end; at++) {
    const index = (lo ^ (bytes[at] ?? 0)) & 255;
    lo = ((lo >>> 8) | (hi << 24)) ^ entry(low, index);
    hi = (hi >>> 8) ^ entry(high, index);
  }
  return BigInt.asUintN(64, ~((BigInt(hi) << 32n) | BigInt(lo >>> 0)));
}

/** Checksum of A followed by B from theirs and B's length in bytes, without reading either again. */
export function combineCrc64(crcA: bigint, crcB: bigint, lengthB: number): bigint {
  return multiply(powerOfBytes(lengthB), crcA) ^ crcB;
}

function word(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)
  );
}

function entry(table: Int32Array, index: number): number {
  return table[index] ?? 0;
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
