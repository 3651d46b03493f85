import { afterEach, expect, test } from "vitest";
import { toHeaderJson } from "@/lib/backup/header-json";
import { diff, full, log } from "@/lib/chain/chain-sets-fixture";
import type { ChainFile } from "@/lib/chain/verdict";
import type { Prisma } from "@/lib/store/generated/client";
import { loadMigration, type MigrationRows } from "@/lib/store/migration-rows";
import { openStepWorld, type StepWorld } from "../step-world-fixture";
import { isInHand, projectedTarget } from "./projected-target";

let world: StepWorld;
afterEach(() => world.close());

const headerOf = ({ set }: ChainFile): Prisma.InputJsonObject =>
  JSON.parse(JSON.stringify(toHeaderJson(set)));

/** RDS is at the full of 100 to 150; a differential and a log were read after it. */
async function openRounds(): Promise<MigrationRows> {
  world = await openStepWorld(
    { kind: "await_import", nature: "repeatable", status: "waiting_external" },
    { file: { header: headerOf(full("F", 100, 150)) } },
  );
  const { db } = world.ctx;
  for (const [index, file] of [diff("D", "F", 160, 200), log("L", 190, 240)].entries()) {
    const round = index + 1;
    const name = file.name;
    await db.backupFile.create({
      data: { id: name, migrationId: "m", name, objectKey: name, state: "inspected", header: headerOf(file) },
    });
    await db.migrationStep.create({
      data: {
        id: `inspect:${round}`,
        migrationId: "m",
        key: `inspect:${round}`,
        kind: "inspect",
        nature: "repeatable",
        status: "succeeded",
        ordinal: round + 1,
        fileId: name,
        input: {},
      },
    });
  }
  return rows();
}

async function rows(): Promise<MigrationRows> {
  const found = await loadMigration(world.ctx.db, "m");
  if (!found) throw new Error("no migration");
  return found;
}

test("a file finds the target as those of earlier rounds will leave it", async () => {
  const migration = await openRounds();
  const reached = (round: number) => {
    const { target, ahead } = projectedTarget(migration, round);
    return [target?.lsn ?? null, target?.differentialBaseGuid ?? null, ahead];
  };
  expect(reached(0)).toEqual([null, null, false]);
  expect(reached(1)).toEqual([150n, "G-F", true]);
  expect(reached(2)).toEqual([200n, "G-F", true]);
  expect(reached(3)).toEqual([240n, "G-F", true]);
});

test("what RDS failed to restore, was refused or left out brings nothing", async () => {
  await openRounds();
  const { db } = world.ctx;
  await db.backupFile.update({ where: { id: "D" }, data: { state: "refused" } });
  await db.migrationStep.update({ where: { id: "inspect:1" }, data: { status: "refused" } });
  expect(projectedTarget(await rows(), 2).target?.lsn).toBe(150n);
  await db.backupFile.update({ where: { id: "f" }, data: { state: "failed" } });
  expect(projectedTarget(await rows(), 2)).toEqual({ target: null, ahead: false });
});

test("a file of an open round is in hand, one whose round has ended may be found again", async () => {
  const migration = await openRounds();
  const inHand = (from: MigrationRows) =>
    from.files.filter((file) => isInHand(from, file)).map(({ id }) => id);
  expect(inHand(migration)).toEqual(["f", "D", "L"]);
  await world.ctx.db.migrationStep.update({ where: { id: "inspect:2" }, data: { status: "cancelled" } });
  await world.ctx.db.backupFile.update({ where: { id: "f" }, data: { state: "imported" } });
  expect(inHand(await rows())).toEqual(["D"]);
});
