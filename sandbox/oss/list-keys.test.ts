import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareKeys } from "./bucket-files";
import { listKeys } from "./list-keys";

const keys = ["a.bak", "dir/", "dir/1.bak", "dir/2.bak", "dir/sub/3.bak", "dir2/4.bak", "e.bak"].sort(
  compareKeys,
);

describe("listKeys", () => {
  it.each([
    ["everything", { prefix: "", delimiter: "", after: "", limit: 100 }, keys, []],
    [
      "a folder's level",
      { prefix: "", delimiter: "/", after: "", limit: 100 },
      ["a.bak", "e.bak"],
      ["dir/", "dir2/"],
    ],
    [
      "a prefix, its own key included",
      { prefix: "dir/", delimiter: "/", after: "", limit: 100 },
      ["dir/", "dir/1.bak", "dir/2.bak"],
      ["dir/sub/"],
    ],
    [
      "only keys after the marker",
      { prefix: "dir/", delimiter: "", after: "dir/1.bak", limit: 100 },
      ["dir/2.bak", "dir/sub/3.bak"],
      [],
    ],
    ["nothing of another prefix", { prefix: "x", delimiter: "", after: "", limit: 100 }, [], []],
  ])("lists %s", (_name, query, expectedKeys, expectedPrefixes) => {
    expect(listKeys(keys, query)).toEqual({
      keys: expectedKeys,
      commonPrefixes: expectedPrefixes,
      isTruncated: false,
      next: "",
    });
  });

  it("pages through everything exactly once, whatever the page size, prefix and delimiter", () => {
    const key = fc.string({ unit: fc.constantFrom("a", "b", "/", "测", "😀"), minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(
        fc.uniqueArray(key),
        fc.integer({ min: 1, max: 4 }),
        key,
        fc.constantFrom("", "/"),
        (all, limit, prefix, delimiter) => {
          const sorted = [...all].sort(compareKeys);
          const whole = listKeys(sorted, { prefix, delimiter, after: "", limit: 1000 });
          const paged: string[] = [];
          let after = "";
          for (;;) {
            const page = listKeys(sorted, { prefix, delimiter, after, limit });
            paged.push(...page.keys, ...page.commonPrefixes);
            if (!page.isTruncated) break;
            after = page.next;
          }
          expect(paged.sort(compareKeys)).toEqual([...whole.keys, ...whole.commonPrefixes].sort(compareKeys));
        },
      ),
    );
  });
});
