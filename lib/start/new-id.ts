import { randomBytes } from "node:crypto";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** 16 random characters without look-alikes: 80 bits, short enough to read out over the telephone. */
export function newId(): string {
  let id = "";
  for (const byte of randomBytes(16)) id += ALPHABET.charAt(byte % 32);
  return id;
}
