/**
 * A valid, if simple, LZ77+Huffman block (MS-XCA) with one fixed code: 8 bits for the literals 0 to 252, 9 bits for the
 * others, the end symbol and two matches of 17 bytes: from 1 byte before (runs of zeros) and from 16 KiB before
 * (filler made by `compressibleFiller`, which shrinks to four tenths).
 */
const MATCH_BYTES = 17;
const MATCH_DISTANCE = 16_384;
const OFFSET_BITS = 14;
const MATCH_SYMBOL = 256 + (OFFSET_BITS << 4) + (MATCH_BYTES - 3);
const RUN_SYMBOL = 256 + (MATCH_BYTES - 3);
const SHORT_CODES = 253;
/** The symbols with 9-bit codes, which follow the 8-bit ones in this order. */
const LONG_CODES = [253, 254, 255, 256, RUN_SYMBOL, MATCH_SYMBOL];

/** 64 KiB of noise that repeats itself every 16 KiB. */
export function compressibleFiller(noise: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(65_536);
  for (let at = 0; at < bytes.length; at += MATCH_DISTANCE) bytes.set(noise.subarray(0, MATCH_DISTANCE), at);
  return bytes;
}

/** Compresses up to 64 KiB; never longer than 9/8 of the input and 264 bytes. */
export function encodeXpressHuffman(input: Uint8Array): Uint8Array {
  const output = new Uint8Array(Math.ceil((input.length * 9) / 8) + 264);
  writeCodeLengths(output);
  let at = 256;
  let bits = 0;
  let held = 0;
  const put = (value: number, count: number): void => {
    bits = (bits << count) | value;
    held += count;
    if (held < 16) return;
    held -= 16;
    const word = (bits >>> held) & 0xffff;
    output[at] = word & 0xff;
    output[at + 1] = word >>> 8;
    at += 2;
    bits &= (1 << held) - 1;
  };
  for (let i = 0; i < input.length; ) {
    if (repeats(input, i, 1)) {
      put(codeOf(RUN_SYMBOL), 9);
      i += MATCH_BYTES;
    } else if (repeats(input, i, MATCH_DISTANCE)) {
      put(codeOf(MATCH_SYMBOL), 9);
      put(0, OFFSET_BITS);
      i += MATCH_BYTES;
    } else {
      const literal = input[i] ?? 0;
      if (literal < SHORT_CODES) put(literal, 8);
      else put(codeOf(literal), 9);
      i += 1;
    }
  }
  if (held > 0) put(0, 16 - held);
  // The reader is always two words ahead.
  return output.subarray(0, at + 4);
}

function codeOf(symbol: number): number {
  return SHORT_CODES * 2 + LONG_CODES.indexOf(symbol);
}

function writeCodeLengths(output: Uint8Array): void {
  const lengthOf = (symbol: number): number =>
    symbol < SHORT_CODES ? 8 : LONG_CODES.includes(symbol) ? 9 : 0;
  for (let i = 0; i < 256; i += 1) output[i] = lengthOf(i * 2) | (lengthOf(i * 2 + 1) << 4);
}

function repeats(input: Uint8Array, at: number, distance: number): boolean {
  if (at < distance || at + MATCH_BYTES > input.length) return false;
  for (let i = at; i < at + MATCH_BYTES; i += 1) if (input[i] !== input[i - distance]) return false;
  return true;
}
