import { expect, test } from "vitest";
import type { BackupFileView } from "@/lib/contracts/migration";
import { fileOf } from "../migration-view-fixture";
import { gapEndMs, gapHistory } from "./gap-history";

const at = (minute: number) => Date.UTC(2026, 4, 17, 3, minute);
const MINUTE = 60_000;

/** Read by a clock eight hours ahead of UTC. */
function taken(type: BackupFileView["type"], local: string, importedMinute: number | null): BackupFileView {
  return fileOf({
    ...{ type, startedAtLocal: `2026-05-17T${local}:00`, finishedAtLocal: `2026-05-17T${local}:00` },
    ...{
      utcOffsetMinutes: 480,
      importedAt: importedMinute === null ? null : new Date(at(importedMinute)).toISOString(),
    },
  });
}

test("grows until a file is in, falls then to the age of what it brought, and grows on to now", () => {
  const files = [taken("full", "11:00", 20), taken("log", "11:15", 25), taken("log", "11:30", null)];
  expect(gapHistory(files, at(40))).toEqual([
    { atMs: at(20), gapMs: 20 * MINUTE },
    { atMs: at(25), gapMs: 25 * MINUTE },
    { atMs: at(25), gapMs: 10 * MINUTE },
    { atMs: at(40), gapMs: 25 * MINUTE },
  ]);
});

test("a file that brings nothing new leaves the gap as it is", () => {
  const files = [taken("full", "11:10", 20), taken("log", "11:05", 25)];
  expect(gapHistory(files, at(25))).toEqual([
    { atMs: at(20), gapMs: 10 * MINUTE },
    { atMs: at(25), gapMs: 15 * MINUTE },
    { atMs: at(25), gapMs: 15 * MINUTE },
  ]);
});

test("is nothing before two files are in, and counts none whose clock is not known", () => {
  expect(gapHistory([taken("full", "11:00", 20)], at(30))).toEqual([]);
  const unknown = { ...taken("log", "11:15", 25), utcOffsetMinutes: null };
  expect(gapHistory([taken("full", "11:00", 20), unknown], at(30))).toEqual([]);
});

test("ends when writes stop", () => {
  expect(gapEndMs({ cutover: null, finishedAt: null }, at(5))).toBe(at(5));
  expect(gapEndMs({ cutover: null, finishedAt: new Date(at(3)).toISOString() }, at(5))).toBe(at(3));
});
