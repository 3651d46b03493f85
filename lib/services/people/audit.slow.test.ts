import { beforeEach, expect, test } from "vitest";
import { OPENING_MS, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { AuditFilter, AuditQuery } from "@/lib/contracts/audit";
import { auditCsv, auditJsonLines } from "./export-audit";
import { type AuditOut, forwardAudit, syslogMessage } from "./forward-audit";
import { noteAct } from "./note-act";
import { notingDb } from "./noting-db";
import { listAudit, verifyAudit } from "./read-audit";

let world: TestCtx;

beforeEach(async () => {
  world = await openTestCtx();
  return () => world.close();
}, OPENING_MS);

const ALL = AuditQuery.parse({});
const note = (subject: string, outcome: "done" | "refused" = "done") =>
  world.ctx.db.$transaction((tx) =>
    noteAct(world.ctx, tx, { action: "try", subject, outcome, detail: { b: 1, a: "z" } }),
  );
const subjects = async () => {
  const entries = await world.ctx.db.auditEntry.findMany({ orderBy: { seq: "asc" } });
  return entries.map(({ subject }) => subject);
};

test("entries are chained, also when many come at once; a changed, a missing or an inserted one shows", async () => {
  await Promise.all(["a", "b", "c", "d"].map((subject) => note(subject)));
  const whole = await verifyAudit({ ctx: world.ctx });
  expect(whole).toMatchObject({ entries: 4, brokenAt: null, head: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const { db } = world.ctx;
  /** Behind the product's back, as only whoever owns the database can. */
  const behind = async (sql: string) => {
    await db.$executeRawUnsafe("SET session_replication_role = replica");
    await db.$executeRawUnsafe(sql);
    await db.$executeRawUnsafe("SET session_replication_role = DEFAULT");
  };
  await behind(`UPDATE "AuditEntry" SET "actor" = 'nobody' WHERE "seq" = 3`);
  expect(await verifyAudit({ ctx: world.ctx })).toMatchObject({ entries: 2, brokenAt: 3 });
  await behind(`DELETE FROM "AuditEntry" WHERE "seq" = 2`);
  expect(await verifyAudit({ ctx: world.ctx })).toMatchObject({ entries: 1, brokenAt: 2 });
});

test("as JSON lines each entry is an object, with its detail, request and hash, the newest first", async () => {
  await note("a");
  await note("b", "refused");
  let text = "";
  for await (const piece of auditJsonLines({ ctx: world.ctx, input: AuditFilter.parse({}) })) text += piece;
  expect(text.endsWith("\n")).toBe(true);
  const lines: unknown[] = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const detail = { b: 1, a: "z" };
  expect(lines).toMatchObject([
    { seq: 2, subject: "b", outcome: "refused", detail, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    { seq: 1, subject: "a", outcome: "done", detail, requestId: null, actorId: "administrator" },
  ]);
});

test("what is sent elsewhere goes in order, once where all is well, and again where nobody knows whether it came", async () => {
  for (const subject of ["a", "b", "c"]) await note(subject);
  const came: string[] = [];
  let breaks = true;
  const out: AuditOut = {
    format: "json",
    send: async (lines) => {
      came.push(...lines.map((line) => JSON.parse(line).subject));
      if (breaks) throw new Error("broken off");
    },
  };
  const forward = (target: string) =>
    forwardAudit({ ctx: world.ctx, input: { target, out, signal: new AbortController().signal } });
  await expect(forward("file:///a")).rejects.toThrow("broken off");
  breaks = false;
  expect(await forward("file:///a")).toBe(3);
  expect(came.splice(0)).toEqual(["a", "b", "c", "a", "b", "c"]);
  await note("d", "refused");
  expect(await forward("file:///a")).toBe(1);
  expect(await forward("file:///a")).toBe(0);
  expect(came.splice(0)).toEqual(["d"]);
  // Another place gets all of it.
  expect(await forward("file:///b")).toBe(4);
});

test("as syslog a refusal is a warning of the audit, its text the entry as JSON in one line", async () => {
  await note("line one\nline two", "refused");
  const row = await world.ctx.db.auditEntry.findFirstOrThrow();
  const message = syslogMessage(row);
  expect(message).toMatch(/^<108>1 2026-05-04T10:00:00\.000Z \S+ chainferry \d+ audit - \{[^\n]*\}$/);
  expect(JSON.parse(message.slice(message.indexOf("{")))).toMatchObject({ seq: 1, hash: row.hash });
});

test("the database refuses to change, remove or empty what was written", async () => {
  await note("a");
  const { db } = world.ctx;
  await expect(db.auditEntry.updateMany({ data: { actor: "x" } })).rejects.toThrow("only ever added to");
  await expect(db.auditEntry.deleteMany({})).rejects.toThrow("only ever added to");
  await expect(db.$executeRawUnsafe('TRUNCATE "AuditEntry"')).rejects.toThrow("only ever added to");
  expect(await subjects()).toEqual(["a"]);
});

test("what a call writes and the note of it come about together, once", async () => {
  const setUp = (subject: string) =>
    notingDb(world.ctx.db, (tx) => noteAct(world.ctx, tx, { action: "try", subject }));
  const single = setUp("single");
  await single.db.setting.create({ data: { key: "one", value: 1 } });
  await single.db.setting.update({ where: { key: "one" }, data: { value: 2 } });
  expect(single.isNoted()).toBe(true);
  const many = setUp("many");
  await many.db.$transaction(async (tx) => {
    await tx.setting.create({ data: { key: "two", value: 1 } });
    await tx.setting.create({ data: { key: "three", value: 1 } });
  });
  await many.db.$transaction((tx) => tx.setting.deleteMany({ where: { key: "two" } }));
  const reading = setUp("reading");
  expect(await reading.db.setting.count()).toBe(2);
  expect(reading.isNoted()).toBe(false);
  const failing = setUp("failing");
  await expect(failing.db.setting.create({ data: { key: "one", value: 3 } })).rejects.toThrow();
  expect(failing.isNoted()).toBe(false);
  expect(await subjects()).toEqual(["single", "many"]);
});

test("a note that can't be written takes back what it would have told", async () => {
  const { db } = notingDb(world.ctx.db, () => Promise.reject(new Error("no room")));
  await expect(db.setting.create({ data: { key: "one", value: 1 } })).rejects.toThrow("no room");
  expect(await world.ctx.db.setting.count()).toBe(0);
});

test("it is read by person, words, outcome and day, a page at a time, by administrators", async () => {
  for (let n = 1; n <= 103; n += 1) await note(`thing ${n}`, n % 50 === 0 ? "refused" : "done");
  const first = await listAudit({ ctx: world.ctx, input: ALL });
  expect(first.entries).toHaveLength(100);
  expect(first.entries[0]).toMatchObject({ seq: 103, actor: "administrator", detail: '{"a":"z","b":1}' });
  const second = await listAudit({ ctx: world.ctx, input: { ...ALL, before: String(first.next) } });
  expect(second).toMatchObject({ entries: [{ seq: 3 }, { seq: 2 }, { seq: 1 }], next: null });
  const found = async (filter: Partial<AuditFilter>) =>
    (await listAudit({ ctx: world.ctx, input: { ...ALL, ...filter } })).entries.map(({ seq }) => seq);
  expect(await found({ outcome: "refused" })).toEqual([100, 50]);
  expect(await found({ action: "THING 10", person: "ADMIN" })).toEqual([103, 102, 101, 100, 10]);
  expect(await found({ person: "somebody else" })).toEqual([]);
  expect(await found({ to: "2026-05-03" })).toEqual([]);
  expect(await found({ from: "2026-05-04", to: "2026-05-04", action: "thing 7" })).toEqual([
    79, 78, 77, 76, 75, 74, 73, 72, 71, 70, 7,
  ]);
  await expect(listAudit({ ctx: world.as("operator"), input: ALL })).rejects.toMatchObject({
    fields: { reason: "role_required" },
  });
});

test("as CSV it has all of it, and its hashes", async () => {
  await note("=cmd");
  let text = "";
  for await (const piece of auditCsv({ ctx: world.ctx, input: AuditFilter.parse({}) })) text += piece;
  const { hash } = await world.ctx.db.auditEntry.findFirstOrThrow();
  expect(text.split("\r\n")).toHaveLength(3);
  expect(text).toContain(`"'=cmd","done","{""a"":""z"",""b"":1}","${hash}"`);
});
