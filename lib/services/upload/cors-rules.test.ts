import { expect, test } from "vitest";
import { allowsUpload, neededRule, withRule } from "./cors-rules";

const ORIGIN = "http://10.0.0.5:4280";
const rule = neededRule(ORIGIN);

test.each([
  ["the rule itself", [rule], true],
  ["none", [], false],
  ["another origin", [neededRule("http://other")], false],
  ["a pattern", [{ ...rule, allowedOrigins: ["http://*:4280"] }], true],
  ["no PUT", [{ ...rule, allowedMethods: ["GET"] }], false],
  ["a hidden checksum", [{ ...rule, exposeHeaders: ["ETag", "x-oss-request-id"] }], false],
  [
    "names in another case",
    [{ ...rule, exposeHeaders: ["etag", "X-Oss-Request-Id", "X-OSS-hash-crc64ecma"] }],
    true,
  ],
  // OSS answers with the first rule that fits: a better one behind it does not help.
  ["a good one behind a bad one", [{ ...rule, exposeHeaders: [] }, rule], false],
])("%s", (_, rules, allowed) => {
  expect(allowsUpload(rules, ORIGIN)).toBe(allowed);
});

test("ours comes first and once, the others stay", () => {
  const other = { ...rule, allowedOrigins: ["https://shop.example"], allowedMethods: ["GET"] };
  const once = withRule({ rules: [other], responseVary: true }, ORIGIN);
  expect(once).toEqual({ rules: [rule, other], responseVary: true });
  expect(withRule(once, ORIGIN)).toEqual(once);
  expect(allowsUpload(once.rules, ORIGIN)).toBe(true);
});
