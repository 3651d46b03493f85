import { rmSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, inject, it } from "vitest";
import { testServer } from "../testing/model-server-fixture";
import { assertCanBackUp, type BackupRequest, commitBackup, planBackup } from "./plan-backup";
import type { BackupRecord } from "./server-state";

type Step =
  | { kind: "backup"; type: "D" | "I" | "L"; copyOnly: boolean }
  | { kind: "time"; ms: number }
  | { kind: "access"; to: "MULTI_USER" | "RESTRICTED_USER" }
  | { kind: "tail" };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("backup" as const),
      type: fc.constantFrom("D", "I", "L"),
      copyOnly: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("time" as const), ms: fc.integer({ min: 0, max: 120_000 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("access" as const),
      to: fc.constantFrom("MULTI_USER", "RESTRICTED_USER"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("tail" as const) }) },
);

function play(steps: readonly Step[]): BackupRecord[] {
  const server = testServer({ timeFactor: 60 });
  const { model } = server;
  const database = model.findDatabase("SalesDB");
  if (database === null) throw new Error("SalesDB is there.");
  const taken: BackupRecord[] = [];
  const take = (type: "D" | "I" | "L", copyOnly: boolean, tail: boolean) => {
    const request: BackupRequest = {
      database,
      type,
      copyOnly,
      tail,
      compressed: true,
      checksums: true,
      name: null,
      description: null,
      userName: "sa",
      device: "x",
    };
    assertCanBackUp(model, request);
    const plan = planBackup(model, request);
    server.clock.ms += model.clock.realMs(plan.seconds);
    commitBackup(model, plan);
    taken.push(plan.record);
  };
  try {
    take("D", false, false);
    for (const next of steps) {
      if (next.kind === "time") server.clock.ms += next.ms;
      else if (next.kind === "access") model.setUserAccess(database, next.to);
      else if (next.kind === "tail") {
        take("L", false, true);
        model.change(database, () => {
          database.state = "ONLINE";
        });
      } else take(next.type, next.type !== "I" && next.copyOnly, false);
    }
  } finally {
    rmSync(server.folder, { recursive: true, force: true });
  }
  return taken;
}

describe("LSNs of random backup sequences", () => {
  it("follow SQL Server's rules", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const taken = play(steps);
        const lsn = (text: string) => BigInt(text);
        let base: BackupRecord | null = null;
        let chain: BackupRecord | null = null;
        let end = 0n;
        for (const backup of taken) {
          expect(lsn(backup.firstLsn)).toBeLessThan(lsn(backup.lastLsn));
          expect(lsn(backup.lastLsn)).toBeGreaterThanOrEqual(end);
          end = lsn(backup.lastLsn);
          if (backup.type !== "L") {
            expect(lsn(backup.firstLsn)).toBeLessThanOrEqual(lsn(backup.checkpointLsn));
            expect(lsn(backup.checkpointLsn)).toBeLessThan(lsn(backup.lastLsn));
          }
          if (base !== null) expect(backup.databaseBackupLsn).toBe(base.checkpointLsn);
          if (backup.type === "I") {
            expect(backup.differentialBaseGuid).toBe(base?.guid);
            expect(backup.differentialBaseLsn).toBe(base?.checkpointLsn);
          } else expect(backup.differentialBaseGuid).toBeNull();
          if (backup.type === "L") {
            if (chain !== null) expect(backup.firstLsn).toBe(chain.lastLsn);
            else if (base !== null) expect(lsn(backup.firstLsn)).toBeLessThan(lsn(base.lastLsn));
            if (!backup.copyOnly) chain = backup;
          }
          if (backup.type === "D" && !backup.copyOnly) base = backup;
        }
      }),
      { numRuns: inject("long") ? 40 : 10 },
    );
  });
});

describe("the load", () => {
  it("moves LSNs and row counts with time, and stands still when nobody may write", () => {
    const server = testServer({ timeFactor: 60 });
    const { model } = server;
    const database = model.findDatabase("SalesDB");
    if (database === null) throw new Error("SalesDB is there.");
    const orders = model.profile(database).tables.find((t) => t.name === "Orders");
    const look = () =>
      [model.position(database), orders === undefined ? 0 : model.rowCount(database, orders)] as const;
    const [position, rows] = look();
    server.clock.ms += 10_000;
    const later = look();
    expect(later[0]).toBe(position + 600 * 1800);
    expect(later[1]).toBe(rows + 360);
    model.setUserAccess(database, "RESTRICTED_USER");
    const stopped = look();
    server.clock.ms += 60_000;
    expect(look()).toEqual(stopped);
    model.setUserAccess(database, "MULTI_USER");
    server.clock.ms += 1_000;
    expect(look()[1]).toBe(stopped[1] + 36);
    rmSync(server.folder, { recursive: true, force: true });
  });
});
