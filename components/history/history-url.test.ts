import { expect, test } from "vitest";
import { readHistoryUrl, writeHistoryUrl } from "./history-url";

test.each([
  "",
  "kind=migrations",
  "q=sales&account=a&instance=rm-1&database=shop&status=failed&method=immediate&file=.bak&lsn=37%3A1%3A1&person=li&from=2026-05-01&to=2026-05-02&zone=Asia%2FShanghai&sort=database&order=desc&after=x",
])("%j is read and written as it was", (search) => {
  expect(writeHistoryUrl(readHistoryUrl(new URLSearchParams(search)))).toBe(search);
});

test("what is not known falls away alone", () => {
  const url = readHistoryUrl(new URLSearchParams("kind=x&sort=y&other=z&q=%20shop%20"));
  expect(url).toEqual({ kind: "tasks", query: { q: "shop" } });
});
