import { describe, expect, it } from "vitest";
import { Crc64, combineCrc64 } from "./crc64";

const bytes = (text: string) => new TextEncoder().encode(text);

/** The definition, bit by bit: an oracle that shares nothing with the tables. */
function slowCrc64(data: Uint8Array): bigint {
  let crc = 0xffffffffffffffffn;
  for (const byte of data) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1n ? (crc >> 1n) ^ 0xc96c5795d7870f42n : crc >> 1n;
  }
  return crc ^ 0xffffffffffffffffn;
}

function filler(length: number): Uint8Array {
  const data = new Uint8Array(length);
  for (let index = 0; index < length; index += 1) data[index] = (index * 2654435761) >>> 13;
  return data;
}

describe("Crc64", () => {
  it("has the check value of CRC-64/XZ", () => {
    expect(new Crc64().update(bytes("123456789")).digest()).toBe(0x995dc9bbdf1939fan);
    expect(new Crc64().digest()).toBe(0n);
  });

  it.each([1, 7, 8, 9, 15, 16, 17, 100, 1023])(
    "equals the definition for %i bytes, however they arrive",
    (length) => {
      const data = filler(length);
      expect(new Crc64().update(data).digest()).toBe(slowCrc64(data));
      const cut = Math.floor(length / 3);
      expect(new Crc64().update(data.subarray(0, cut)).update(data.subarray(cut)).digest()).toBe(
        slowCrc64(data),
      );
    },
  );
});

describe("combineCrc64", () => {
  it.each([[[0]], [[5]], [[8, 8, 3]], [[100, 0, 1, 77]], [[64, 64, 64, 64, 9]]])(
    "of parts %j equals the CRC of the whole",
    (sizes) => {
      const data = filler(sizes.reduce((sum, size) => sum + size, 0));
      let at = 0;
      const parts = sizes.map((sizeBytes) => {
        const crc64 = new Crc64().update(data.subarray(at, at + sizeBytes)).digest();
        at += sizeBytes;
        return { crc64, sizeBytes };
      });
      expect(combineCrc64(parts)).toBe(slowCrc64(data));
    },
  );
});
