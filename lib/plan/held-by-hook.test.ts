import { expect, test } from "vitest";
import type { PlannedStep, StepSnapshot } from "@/lib/migration/snapshot";
import { HOOK_GATES, type HookGate } from "@/lib/migration/vocabulary/hook-moment";
import { heldByHook } from "./held-by-hook";
import { CUTOVER, FULL_ROUND, migration, step } from "./snapshot-fixture";

const planned = (kind: PlannedStep["kind"], input: PlannedStep["input"] = {}): PlannedStep => ({
  ...{ kind, input, round: null, fileId: null, dueAtMs: null },
});
const FINAL = { final: true, backup: "log", tail: true };
const GATED: [HookGate, PlannedStep][] = [
  ["before_stop", planned("stop_writes")],
  ["before_tail", planned("backup", FINAL)],
  ["before_tail", planned("find_file", { final: true, wait: false })],
  ["before_open", planned("open")],
];
const inCutover = (gates: readonly HookGate[], asked: StepSnapshot[] = []) =>
  migration([...FULL_ROUND, ...asked], { cutover: CUTOVER, hook: { moments: gates } });
const asked = (gate: HookGate, status: StepSnapshot["status"]) =>
  step("call_hook", null, null, { gate, status });

test.each(GATED)("%s: asked before, let begin by an answer, and not asked again", (gate, next) => {
  const call = { kind: "call_hook", input: { gate } };
  expect(heldByHook(next, inCutover([gate]))).toMatchObject(call);
  for (const open of ["queued", "running", "waiting_external", "failed"] as const)
    expect(heldByHook(next, inCutover([gate], [asked(gate, open)]))).toBeNull();
  expect(heldByHook(next, inCutover([gate], [asked(gate, "succeeded")]))).toBe(next);
  // That of a cutover that was taken back.
  expect(heldByHook(next, inCutover([gate], [asked(gate, "cancelled")]))).toMatchObject(call);
  const others = HOOK_GATES.filter((one) => one !== gate);
  expect(heldByHook(next, inCutover(others))).toBe(next);
  expect(
    heldByHook(
      next,
      inCutover(
        [gate],
        others.map((other) => asked(other, "succeeded")),
      ),
    ),
  ).toMatchObject(call);
});

test("nothing else is held: rounds before the cutover, a source that is given back", () => {
  for (const next of [planned("backup", { ...FINAL, final: false }), planned("release_source")])
    expect(heldByHook(next, inCutover(HOOK_GATES))).toBe(next);
  const between = migration(FULL_ROUND, { hook: { moments: HOOK_GATES } });
  expect(heldByHook(planned("backup", FINAL), between)).toMatchObject({ kind: "backup" });
});
