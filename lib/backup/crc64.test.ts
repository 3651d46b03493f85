import { expect, test } from "vitest";
import { combineCrc64, crc64 } from "./crc64";

const text = (value: string) => new TextEncoder().encode(value);

test("is CRC-64/XZ: the check value of the catalogue", () => {
  expect(crc64(text("123456789")).toString(16)).toBe("995dc9bbdf1939fa");
  expect(crc64(new Uint8Array(0))).toBe(0n);
});

test("of pieces, and combined from pieces, equals that of the whole", () => {
  const whole = Uint8Array.from({ length: 1003 }, (_, index) => (index * 31) & 255);
  for (const cut of [0, 1, 7, 8, 500, 1003]) {
    const [head, tail] = [whole.subarray(0, cut), whole.subarray(cut)];
    expect(crc64(tail, crc64(head))).toBe(crc64(whole));
    expect(combineCrc64(crc64(head), crc64(tail), tail.length)).toBe(crc64(whole));
  }
});
