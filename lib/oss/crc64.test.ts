import fc from "fast-check";
import { expect, test } from "vitest";
import { combineCrc64, crc64 } from "./crc64";

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
