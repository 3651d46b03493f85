import { describe, expect, it } from "vitest";
import type { MigrationSnapshot, StepSnapshot } from "@/lib/migration/snapshot";
import { CUTOVER, file, migration, step } from "./snapshot-fixture";
import { cutoverAhead, timelineGroups } from "./timeline-groups";

const at = (startedAtMs: number | null, finishedAtMs: number | null): Partial<StepSnapshot> => ({
  startedAtMs,
  finishedAtMs,
  status: startedAtMs === null ? "queued" : finishedAtMs === null ? "running" : "succeeded",
});
const groupsOf = (steps: StepSnapshot[], more: Partial<MigrationSnapshot> = {}) =>
  timelineGroups(migration(steps, more));

describe("timelineGroups", () => {
  it("counts the last log of a rehearsal to its cutover, and not the full, though it was asked for before both", () => {
    const groups = groupsOf(
      [step("backup", 0, "f", at(1000, 5000)), step("backup", 1, "l", at(6000, 7000))],
      {
        ...{ rehearsal: true, cutover: { ...CUTOVER, requestedAt: new Date(0).toISOString() } },
        files: [file("f", "full"), file("l", "log", { final: true })],
      },
    );
    expect(groups.map(({ title, ofCutover }) => [title, ofCutover])).toEqual([
      ["full", false],
      ["final", true],
    ]);
  });

  it("puts the steps of a round into one group, named by what its file is", () => {
    const groups = groupsOf(
      [
        step("preflight", null, null, at(0, 1000)),
        step("backup", 0, "f", at(1000, 5000)),
        step("upload", 0, "f", at(5000, 9000)),
        step("backup", 1, "a", at(9000, 9500)),
        step("backup", 2, null, { ...at(9600, null), aim: { backup: "log", final: false } }),
      ],
      { files: [file("f", "full"), file("a", "log")] },
    );
    expect(groups.map((group) => [group.key, group.title, group.number, group.status, group.ended])).toEqual([
      ["preflight:1", "preflight", null, "succeeded", true],
      ["round:0", "full", null, "succeeded", true],
      ["round:1", "log", 1, "succeeded", true],
      ["round:2", "log", 2, "running", false],
    ]);
    expect(groups[1]).toMatchObject({ startedAtMs: 1000, finishedAtMs: 9000, fileId: "f" });
    expect(groups[1]?.stepIds).toEqual(["backup:0", "upload:0"]);
    expect(groups[3]?.finishedAtMs).toBeNull();
  });

  it("shows a refused file as refused until it is left out, a failed step as failed", () => {
    const refused = step("inspect", 3, "x", { ...at(0, 1), status: "refused" });
    const shown = (state: "refused" | "skipped" | "imported") =>
      groupsOf([refused], { files: [file("x", "log", { state })] })[0];
    expect(shown("refused")).toMatchObject({ status: "refused", ended: false });
    expect(shown("skipped")).toMatchObject({ status: "skipped", ended: true });
    expect(shown("imported")).toMatchObject({ status: "skipped", ended: true });
    const failed = step("import", 3, "x", { ...at(2, null), status: "failed" });
    expect(groupsOf([refused, failed])[0]).toMatchObject({ status: "failed", ended: false });
  });

  it("leaves out what was taken back unbegun and keeps two cutovers apart", () => {
    const groups = groupsOf([
      step("stop_writes", null, null, at(0, 1)),
      step("backup", 7, null, { ...at(null, null), status: "cancelled" }),
      step("backup", 8, null, at(1, 2)),
      step("stop_writes", null, null, at(3, 4)),
      step("open", null, null, at(5, 6)),
      step("await_open", null, null, at(6, 7)),
    ]);
    expect(groups.map((group) => group.kind)).toEqual(["stop_writes", "file", "stop_writes", "open"]);
    expect(groups[3]?.stepIds).toHaveLength(2);
  });

  it("tells which belong to the cutover, and which of it lie ahead", () => {
    const asked = Date.parse(CUTOVER.requestedAt);
    const steps = [
      step("preflight", null, null, at(0, 1)),
      step("backup", 0, "f", at(0, 1)),
      step("await_import", 1, "a", at(asked - 5, asked + 5)),
      step("stop_writes", null, null, at(asked + 5, asked + 6)),
    ];
    const files = [file("f", "full"), file("a", "log")];
    const groups = groupsOf(steps, { files, cutover: CUTOVER });
    expect(groups.map((group) => group.ofCutover)).toEqual([false, false, true, true]);
    expect(cutoverAhead(groups)).toEqual(["final", "open", "check"]);
    const final = step("backup", 2, null, { ...at(asked + 7, null), aim: { backup: "log", final: true } });
    const later = groupsOf([...steps, final], { files, cutover: CUTOVER });
    expect(later.at(-1)).toMatchObject({ title: "final", final: true });
    expect(cutoverAhead(later)).toEqual(["open", "check"]);
  });
});
