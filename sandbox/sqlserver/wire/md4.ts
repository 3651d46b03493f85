const ROUNDS = [
  { add: 0, shifts: [3, 7, 11, 19], order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] },
  { add: 0x5a827999, shifts: [3, 5, 9, 13], order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15] },
  { add: 0x6ed9eba1, shifts: [3, 9, 11, 15], order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15] },
] as const;

/** MD4 (RFC 1320): what NTLM hashes passwords with. OpenSSL 3 has it no longer by default. */
export function md4(message: Uint8Array): Buffer {
  const padded = Buffer.alloc((((message.length + 8) >> 6) + 1) * 64);
  padded.set(message);
  padded.writeUInt8(0x80, message.length);
  padded.writeBigUInt64LE(BigInt(message.length) * 8n, padded.length - 8);
  let state: [number, number, number, number] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let at = 0; at < padded.length; at += 64) {
    let [a, b, c, d] = state;
    ROUNDS.forEach(({ add, shifts, order }, round) => {
      order.forEach((word, step) => {
        const mixed = (a + mix(round, b, c, d) + padded.readUInt32LE(at + word * 4) + add) >>> 0;
        const shift = shifts[step % 4] ?? 0;
        [a, d, c, b] = [d, c, b, ((mixed << shift) | (mixed >>> (32 - shift))) >>> 0];
      });
    });
    state = [(state[0] + a) >>> 0, (state[1] + b) >>> 0, (state[2] + c) >>> 0, (state[3] + d) >>> 0];
  }
  const digest = Buffer.alloc(16);
  state.forEach((word, i) => {
    digest.writeUInt32LE(word, i * 4);
  });
  return digest;
}

function mix(round: number, x: number, y: number, z: number): number {
  if (round === 0) return ((x & y) | (~x & z)) >>> 0;
  if (round === 1) return ((x & y) | (x & z) | (y & z)) >>> 0;
  return (x ^ y ^ z) >>> 0;
}
