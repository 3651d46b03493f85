import { expect, test } from "vitest";
import { judgeOssAnswer } from "./oss-assumptions";

const object = {
  Key: "a.bak",
  LastModified: "2026-05-01T00:00:00.000Z",
  ETag: "e",
  Size: "1",
  Type: "Normal",
};

test("agrees with a page of objects, empty or not, one or several", () => {
  const page = { Name: "b", IsTruncated: "false", KeyCount: "0" };
  expect(judgeOssAnswer("listV2", { ListBucketResult: page })).toEqual([]);
  for (const Contents of [object, [object, object]])
    expect(judgeOssAnswer("listV2", { ListBucketResult: { ...page, Contents } })).toEqual([]);
});

test("names a field that is missing or new, a class of storage and a call that nobody knows", () => {
  const odd = { ...object, Size: undefined, StorageClass: "Lunar", Orbit: "low" };
  expect(
    judgeOssAnswer("listV2", { ListBucketResult: { IsTruncated: "false", Contents: [object, odd] } }),
  ).toEqual([
    { kind: "missing_field", at: "ListBucketResult.Contents.Size", found: null },
    { kind: "unknown_word", at: "ListBucketResult.Contents.StorageClass", found: "Lunar" },
    { kind: "unknown_field", at: "ListBucketResult.Contents.Orbit", found: null },
  ]);
  expect(judgeOssAnswer("head", { etag: "e", "content-length": "1", "x-any": "1" })).toEqual([
    { kind: "missing_field", at: "last-modified", found: null },
    { kind: "missing_field", at: "x-oss-hash-crc64ecma", found: null },
  ]);
  expect(judgeOssAnswer("getMoon", {})).toEqual([{ kind: "unknown_call", at: "getMoon", found: null }]);
});
