import { expect, test } from "vitest";
import { nextPartMarker, toUploadedParts } from "./normalize-parts";

const one = { PartNumber: "3", LastModified: "x", ETag: '"A"', Size: "8388608", HashCrc64ecma: "12" };

test("an array, one object, nothing", () => {
  const part = { number: 3, etag: '"A"', sizeBytes: 8_388_608, crc64: "12" };
  expect(toUploadedParts([one])).toEqual([part]);
  expect(toUploadedParts(one)).toEqual([part]);
  expect(toUploadedParts([])).toEqual([]);
  expect(toUploadedParts(undefined)).toEqual([]);
  expect(toUploadedParts("")).toEqual([]);
});

test("a part without a checksum", () => {
  expect(toUploadedParts({ PartNumber: "1", ETag: '"B"', Size: "5" })).toEqual([
    { number: 1, etag: '"B"', sizeBytes: 5, crc64: null },
  ]);
});

test("the next page's marker", () => {
  const parts = toUploadedParts(one);
  expect(nextPartMarker({ isTruncated: "false", nextPartNumberMarker: "3" }, parts)).toBeNull();
  expect(nextPartMarker({ isTruncated: "true", nextPartNumberMarker: "1000" }, parts)).toBe(1000);
  expect(nextPartMarker({ isTruncated: "true" }, parts)).toBe(3);
  expect(nextPartMarker({ isTruncated: "true" }, [])).toBeNull();
});
