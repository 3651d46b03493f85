import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { chainHash, digestOf } from "@/lib/store/event-chain";
import { runReportCommand } from "./report-command";
import { runVerifyRecordCommand } from "./verify-record-command";

let folder: string;
let out: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "chainferry-record-"));
  out = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => out.push(String(text)) > 0);
  vi.spyOn(process.stderr, "write").mockImplementation((text) => out.push(String(text)) > 0);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

function record() {
  const at = "2026-05-04T10:00:00.000Z";
  let hash = "";
  const events = [1, 2, 3].map((seq) => {
    const event = { seq, type: "note", payload: { seq }, actor: "engine", at };
    hash = chainHash(hash, { migrationId: "m", ...event });
    return { ...event, hash };
  });
  const made = {
    format: "chainferry-record",
    version: 1,
    exportedAt: at,
    program: "0.1.0",
    migrationId: "m",
    migration: { name: "Sales" },
    events,
    head: { seq: 3, hash },
  };
  return { ...made, digest: digestOf(made) };
}

async function verify(content: string, head?: string) {
  const file = join(folder, "record.json");
  await writeFile(file, content);
  const code = await runVerifyRecordCommand(file, { json: true, ...(head === undefined ? {} : { head }) });
  expect(await readFile(file, "utf8")).toBe(content);
  return { code, verdict: JSON.parse(out[0] ?? "") };
}

test("a record as it was written: 0", async () => {
  const made = record();
  expect(await verify(JSON.stringify(made, null, 2), made.head.hash.toUpperCase())).toMatchObject({
    code: 0,
    verdict: { ok: true, events: 3, covered: 3 },
  });
});

test("an edited event: 1, and which", async () => {
  const text = JSON.stringify(record()).replace('"payload":{"seq":2}', '"payload":{"seq":7}');
  expect(await verify(text)).toMatchObject({
    code: 1,
    verdict: { ok: false, problems: [{ kind: "edited", seq: 2 }, { kind: "record_edited" }] },
  });
});

test("a file that is cut off, or something else: 2, and why", async () => {
  expect(await verify(JSON.stringify(record()).slice(0, 300))).toMatchObject({
    code: 2,
    verdict: { ok: false },
  });
  out = [];
  expect(await verify('{"format":"other"}')).toMatchObject({ code: 2 });
  expect(await runVerifyRecordCommand(join(folder, "none.json"), { json: false })).toBe(2);
});

test("a report where there is no store: 1, and nothing is made", async () => {
  const code = await runReportCommand(
    "m",
    { json: true, lang: "en" },
    { CHAINFERRY_DATA: join(folder, "data") },
  );
  expect(code).toBe(1);
  expect(out.join("")).toContain("There is no store in ");
});

test("a print where there is no browser: 3, before anything is read", async () => {
  const code = await runReportCommand(
    "m",
    { json: false, lang: "en", pdf: join(folder, "record.pdf") },
    { CHAINFERRY_DATA: join(folder, "data"), CHROMIUM_PATH: join(folder, "none") },
  );
  expect(code).toBe(3);
  expect(out.join("")).toContain("CHROMIUM_PATH names ");
});
