const TABLE_BYTES = 256;
const SYMBOLS = 512;
const MAX_CODE_BITS = 15;

/**
 * Decompresses one block of LZ77+Huffman (MS-XCA 2.1 and 2.2, "XPRESS Huffman"), the payload of a compressed backup's
 * chunk. Null when the input is not a valid block of exactly `size` bytes; never reads or writes outside its buffers.
 */
export function decodeXpressHuffman(input: Uint8Array, size: number): Uint8Array | null {
  if (input.length < TABLE_BYTES + 4) return null;
  const table = decodingTable(input);
  if (table === null) return null;
  const output = new Uint8Array(size);
  const word = (at: number): number => ((input[at] ?? 0) | ((input[at + 1] ?? 0) << 8)) >>> 0;
  let next = TABLE_BYTES + 4;
  // The 32 oldest unread bits; `spare` says how many of them lie beyond the first 16.
  let bits = ((word(TABLE_BYTES) << 16) | word(TABLE_BYTES + 2)) >>> 0;
  let spare = 16;
  const take = (count: number): void => {
    bits = count === 0 ? bits : (bits << count) >>> 0;
    spare -= count;
    if (spare < 0) {
      bits = (bits | (word(next) << -spare)) >>> 0;
      next += 2;
      spare += 16;
    }
  };

  let at = 0;
  while (at < size) {
    // Past the end only zero bits come in; two words of them are normal, more is a broken block.
    if (next > input.length + 4) return null;
    const entry = table[bits >>> (32 - MAX_CODE_BITS)] ?? 0;
    if (entry === 0) return null;
    take(entry & 15);
    const symbol = entry >>> 4;
    if (symbol < 256) {
      output[at] = symbol;
      at += 1;
      continue;
    }
    let length = symbol & 15;
    if (length === 15) {
      length += input[next] ?? 0;
      next += 1;
      if (length === 15 + 255) {
        length = word(next);
        next += 2;
        if (length === 0) {
          length = (word(next) | (word(next + 2) << 16)) >>> 0;
          next += 4;
        }
      }
    }
    const offsetBits = (symbol >>> 4) & 15;
    const distance = (1 << offsetBits) + (offsetBits === 0 ? 0 : bits >>> (32 - offsetBits));
    take(offsetBits);
    const end = at + length + 3;
    if (distance > at || end > size) return null;
    // Byte by byte: the copy may run into what it has just written.
    for (; at < end; at += 1) output[at] = output[at - distance] ?? 0;
  }
  return output;
}

/** For each 15-bit prefix `symbol << 4 | code length`; null when the lengths make no prefix code. */
function decodingTable(input: Uint8Array): Uint16Array | null {
  const lengths = new Uint8Array(SYMBOLS);
  for (let i = 0; i < TABLE_BYTES; i += 1) {
    const pair = input[i] ?? 0;
    lengths[i * 2] = pair & 15;
    lengths[i * 2 + 1] = pair >>> 4;
  }
  const table = new Uint16Array(1 << MAX_CODE_BITS);
  let at = 0;
  for (let length = 1; length <= MAX_CODE_BITS; length += 1) {
    const span = 1 << (MAX_CODE_BITS - length);
    for (let symbol = 0; symbol < SYMBOLS; symbol += 1) {
      if (lengths[symbol] !== length) continue;
      if (at + span > table.length) return null;
      table.fill((symbol << 4) | length, at, at + span);
      at += span;
    }
  }
  return at === 0 ? null : table;
}
