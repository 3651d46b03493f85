import fc from "fast-check";
import { expect, test } from "vitest";
import { partSizeFor, planParts } from "./plan-parts";

const MIB = 1024 ** 2;
const TIB = 1024 ** 4;

test.each([
  [1, 8 * MIB],
  [70 * 1024 * MIB, 8 * MIB],
  [100 * 1024 * MIB, 12 * MIB],
  [3 * TIB, 350 * MIB],
])("a file of %d bytes goes in parts of %d", (sizeBytes, partSize) => {
  expect(partSizeFor(sizeBytes)).toBe(partSize);
});

test("no file needs more than 10,000 parts", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 * TIB }), (sizeBytes) => {
      expect(Math.ceil(sizeBytes / partSizeFor(sizeBytes))).toBeLessThanOrEqual(10_000);
    }),
  );
});

test("parts cover the file once, in order", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5000 }),
      fc.integer({ min: 1, max: 700 }),
      (sizeBytes, partSize) => {
        const parts = planParts(sizeBytes, partSize);
        let at = 0;
        const sound = parts.every((part, index) => {
          const fits = part.number === index + 1 && part.offset === at && part.sizeBytes <= partSize;
          at += part.sizeBytes;
          return fits && part.sizeBytes > 0;
        });
        expect(sound).toBe(true);
        expect(at).toBe(sizeBytes);
      },
    ),
  );
});
