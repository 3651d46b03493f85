import { expect, test } from "vitest";
import { crc64 } from "./crc64";
import { planParts } from "./plan-parts";
import { trustedParts, VerifiedParts } from "./verified-parts";

const whole = Uint8Array.from({ length: 1_050 }, (_, index) => (index * 7) & 255);
const parts = planParts(whole.length, 100);
const sumOf = (number: number) => crc64(whole.subarray((number - 1) * 100, number * 100));

function listed(numbers: readonly number[]) {
  return new Map(
    numbers.map((number) => [
      number,
      { etag: `e${number}`, sizeBytes: number === 11 ? 50 : 100, crc64: sumOf(number).toString() },
    ]),
  );
}

test("parts in any order make the whole's sum", () => {
  const verified = new VerifiedParts(parts);
  for (const number of [3, 1, 11, 2, 10, 9, 8, 7, 5, 6])
    verified.add(number, { etag: `e${number}`, crc64: sumOf(number) });
  expect(verified.whole()).toBeNull();
  expect(verified.prefix).toEqual({ parts: 3, crc64: crc64(whole.subarray(0, 300)).toString() });
  verified.add(4, { etag: "e4", crc64: sumOf(4) });
  expect(verified.whole()?.crc64).toBe(crc64(whole));
  expect(verified.whole()?.etags.map((part) => part.etag)).toEqual(parts.map((part) => `e${part.number}`));
});

test("what an earlier run verified is trusted as long as OSS has the same", () => {
  const prefix = { parts: 3, crc64: crc64(whole.subarray(0, 300)).toString() };
  expect(trustedParts(parts, listed([1, 2, 3, 7]), prefix).map((part) => part.number)).toEqual([1, 2, 3]);
  expect(trustedParts(parts, listed([1, 3, 7]), prefix)).toEqual([]);
  const other = listed([1, 2, 3]);
  other.set(2, { etag: "e2", sizeBytes: 100, crc64: sumOf(4).toString() });
  expect(trustedParts(parts, other, prefix)).toEqual([]);
});
