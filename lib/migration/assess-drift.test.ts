import { expect, test } from "vitest";
import { assessDrift, type DriftInput, type KnownBackup } from "./assess-drift";

const BASE = "AAAA0000-0000-0000-0000-000000000001";
const FORK = "FFFF0000-0000-0000-0000-000000000001";

function backup(more: Partial<KnownBackup>): KnownBackup {
  return {
    name: "nightly",
    kind: "log",
    copyOnly: false,
    firstLsn: "100",
    lastLsn: "200",
    backupSetGuid: "L1",
    finishedAtLocal: "2026-11-22T02:00:00",
    userName: "CORP\\agent",
    path: "D:\\Agent\\x.trn",
    ...more,
  };
}

function input(more: Partial<DriftInput> = {}): DriftInput {
  return {
    baseline: { recoveryModel: "FULL", forkGuid: FORK, databaseGuid: "D" },
    guard: {
      state: "ONLINE",
      recoveryModel: "FULL",
      differentialBaseGuid: BASE.toLowerCase(),
      nextLogFirstLsn: "90",
      forkGuid: FORK,
      databaseGuid: "D",
    },
    history: [
      backup({ name: "chainferry 1", kind: "full", firstLsn: "95", lastLsn: "100", backupSetGuid: BASE }),
    ],
    ourNames: new Set(["chainferry 1", "chainferry 2"]),
    weTakeBackups: true,
    full: { backupSetGuid: BASE, lastLsn: "100" },
    reachedLsn: "100",
    ...more,
  };
}

const guard = (more: Partial<DriftInput["guard"]>) => ({ ...input().guard, ...more });
const kinds = (more: Partial<DriftInput>) => assessDrift(input(more)).map(({ kind }) => kind);

test("nothing is found while only we take backups, and before there is a full", () => {
  expect(kinds({})).toEqual([]);
  const ours = backup({ name: "chainferry 2", firstLsn: "90", lastLsn: "180" });
  expect(kinds({ history: [ours], guard: guard({ nextLogFirstLsn: "180" }) })).toEqual([]);
  expect(kinds({ full: null, history: [backup({})], guard: guard({ recoveryModel: "SIMPLE" }) })).toEqual([]);
});

test("a log backup by somebody else names the file that is needed now", () => {
  const later = backup({ firstLsn: "200", lastLsn: "300", backupSetGuid: "L2" });
  const [found, ...others] = assessDrift(
    input({ history: [later, backup({})], guard: guard({ nextLogFirstLsn: "300" }) }),
  );
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    kind: "foreign_log",
    fingerprint: "L1",
    evidence: { path: "D:\\Agent\\x.trn", userName: "CORP\\agent", fromLsn: "100", toLsn: "300", count: 2 },
  });
});

test("what the target has passed, a copy and others' own logs are no alarm", () => {
  const next = guard({ nextLogFirstLsn: "200" });
  expect(kinds({ history: [backup({})], guard: next, reachedLsn: "200" })).toEqual([]);
  expect(kinds({ history: [backup({ copyOnly: true })] })).toEqual([]);
  expect(kinds({ history: [backup({})], guard: next, weTakeBackups: false })).toEqual([]);
});

test("a full by somebody else resets the differential base; ours and a copy do not", () => {
  const other = guard({ differentialBaseGuid: "BBBB" });
  const full = backup({ kind: "full", backupSetGuid: "bbbb" });
  expect(kinds({ guard: other, history: [full] })).toEqual(["base_reset"]);
  expect(kinds({ guard: other, history: null })).toEqual(["base_reset"]);
  expect(kinds({ guard: other, history: [{ ...full, name: "chainferry 2" }] })).toEqual([]);
  expect(kinds({ guard: guard({ differentialBaseGuid: null }) })).toEqual([]);
});

test("leaving FULL, a restarted chain and a restore", () => {
  expect(kinds({ guard: guard({ recoveryModel: "SIMPLE", nextLogFirstLsn: null }) })).toEqual([
    "recovery_model_changed",
  ]);
  expect(kinds({ guard: guard({ recoveryModel: "BULK_LOGGED" }) })).toEqual(["recovery_model_changed"]);
  expect(kinds({ guard: guard({ nextLogFirstLsn: null }) })).toEqual(["log_chain_restarted"]);
  expect(kinds({ guard: guard({ nextLogFirstLsn: "500" }) })).toEqual(["log_chain_restarted"]);
  expect(kinds({ guard: guard({ forkGuid: "OTHER", nextLogFirstLsn: "500" }) })).toEqual(["restored"]);
  expect(kinds({ guard: guard({ databaseGuid: "OTHER" }) })).toEqual(["restored"]);
});

test("without msdb the moved start of the next log tells that a log backup was taken", () => {
  const [found] = assessDrift(input({ history: null, guard: guard({ nextLogFirstLsn: "500" }) }));
  expect(found).toMatchObject({
    kind: "foreign_log",
    evidence: { fromLsn: "100", toLsn: "500", path: null },
  });
});
