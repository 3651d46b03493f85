import { expect, test } from "vitest";
import { objectByteSource } from "./object-byte-source";

test("reads within the object and nothing behind it", async () => {
  const asked: [number, number][] = [];
  const store = {
    async readRange(_object: { bucket: string; key: string }, offset: number, length: number) {
      asked.push([offset, length]);
      return new Uint8Array(length);
    },
  };
  const source = objectByteSource(store, "b", "k", 100);
  expect(source.sizeBytes).toBe(100);
  expect(await source.read(90, 50)).toHaveLength(10);
  expect(await source.read(100, 1)).toHaveLength(0);
  expect(asked).toEqual([[90, 10]]);
});
