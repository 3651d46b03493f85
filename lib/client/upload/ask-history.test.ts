import { afterEach, expect, test, vi } from "vitest";
import type { UnreadableCode } from "@/lib/backup/header";
import { toHeaderJson } from "@/lib/backup/header-json";
import { log } from "@/lib/chain/chain-sets-fixture";
import { askHistory } from "./ask-history";
import type { DroppedFile } from "./read-drop";

afterEach(() => vi.unstubAllGlobals());

const file = new File(["x".repeat(300)], "Sales #3.trn");
const header = JSON.parse(JSON.stringify(toHeaderJson(log("L", 100, 200).set)));
const unread = (code: UnreadableCode): DroppedFile => ({
  fingerprint: "1-2",
  by: "bytes",
  reading: { reads: 1, bytesRead: 300, sizeBytes: 300, ok: false, error: { code, message: "" } },
});
const asked: string[] = [];
function answer(status: number, body: unknown): void {
  asked.length = 0;
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    return new Response(JSON.stringify(body), { status });
  });
}

test("a file that cannot be read here is what the history says of its name and size", async () => {
  answer(200, { header });
  const known = await askHistory("m", file, unread("unsupported_container"));
  expect(known).toMatchObject({
    by: "history",
    reading: { ok: true, complete: true, sizeBytes: 300, sets: [{ type: "log", lastLsn: 200n }] },
  });
  expect(asked).toEqual(["/api/migrations/m/uploads/history?name=Sales+%233.trn&sizeBytes=300"]);
});

test.each([
  ["nobody knows it", 200, { header: null }],
  ["the source cannot be asked", 503, {}],
])("%s: a person is asked, as before", async (_, status, body) => {
  answer(status, body);
  const dropped = unread("unsupported_container");
  expect(await askHistory("m", file, dropped)).toBe(dropped);
});

test.each(["encrypted", "not_a_backup", "truncated"] as const)("%s: nobody is asked", async (code) => {
  answer(200, { header });
  const dropped = unread(code);
  expect(await askHistory("m", file, dropped)).toBe(dropped);
  expect(asked).toEqual([]);
});
