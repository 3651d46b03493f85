import fc from "fast-check";
import { expect, test } from "vitest";
import { combineCrc64 } from "@/lib/backup/crc64";
import { crc64 } from "./crc64";
import { FOLD_REACH, FOLD_TERMS } from "./crc64-module";

/** Bit by bit, straight from the definition. */
function slowCrc64(bytes: Uint8Array): bigint {
  let crc = 0xffffffffffffffffn;
  for (const byte of bytes) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ 0xc96c5795d7870f42n : crc >> 1n;
  }
  return crc ^ 0xffffffffffffffffn;
}

test("the published check value", () => {
  expect(crc64(new TextEncoder().encode("123456789")).toString(16)).toBe("995dc9bbdf1939fa");
});

test("nothing sums to zero", () => {
  expect(crc64(new Uint8Array(0))).toBe(0n);
});

test("equals the definition for any bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(crc64(bytes)).toBe(slowCrc64(bytes));
    }),
  );
});

test("goes on from a previous sum", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.uint8Array({ maxLength: 100 }), (a, b) => {
      expect(crc64(b, crc64(a))).toBe(slowCrc64(Uint8Array.from([...a, ...b])));
    }),
  );
});

test("combines without the bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.uint8Array({ maxLength: 100 }), (a, b) => {
      expect(combineCrc64(crc64(a), crc64(b), b.length)).toBe(crc64(Uint8Array.from([...a, ...b])));
    }),
  );
});

test("combines many parts of one size and a shorter last one", () => {
  const whole = Uint8Array.from({ length: 100_003 }, (_, index) => (index * 31) & 255);
  let combined = 0n;
  for (let at = 0; at < whole.length; at += 4096) {
    const part = whole.subarray(at, at + 4096);
    combined = combineCrc64(combined, crc64(part), part.length);
  }
  expect(combined).toBe(crc64(whole));
});

test("the relation by which bytes are eliminated holds", () => {
  // CRC without inversion of a single bit followed by n bytes is x^(8n) times that bit.
  const power = (bytes: number) => combineCrc64(1n << 63n, 0n, bytes);
  const sum = [...FOLD_TERMS, FOLD_REACH].reduce((total, term) => total ^ power(term), 0n);
  expect(sum).toBe(0n);
});

test("equals the sum of small pieces around every border of the fast way", () => {
  const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => (index * index * 7 + (index >> 7)) & 255);
  const inPieces = (some: Uint8Array, first: bigint) => {
    let sum = first;
    for (let at = 0; at < some.length; at += 1000) sum = crc64(some.subarray(at, at + 1000), sum);
    return sum;
  };
  for (const length of [
    32_767, 32_768, 32_769, 32_833, 39_808, 65_535, 72_576, 72_577, 72_640, 262_144, 262_145, 300_000,
  ]) {
    const some = bytes.subarray(300_000 - length);
    for (const first of [0n, 12_345n])
      expect(crc64(some, first), `${length} bytes`).toBe(inPieces(some, first));
  }
});
