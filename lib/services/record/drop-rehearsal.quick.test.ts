import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { only, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import type { RdsAccount, RdsDatabase } from "@/lib/rds/rds-account";
import type { Prisma } from "@/lib/store/generated/client";
import { dropRehearsal } from "./drop-rehearsal";
import { outage } from "./open-test-records";

const NAME = "Shop_rehearsal";
const OPENED = new Date("2026-05-04T09:00:00.000Z");

let world: TestCtx;
let databases: RdsDatabase[];
let asked: string[];
/** What happens at RDS when a drop is asked for. */
let atRds: () => void;

function migration(
  more: Partial<Prisma.MigrationUncheckedCreateInput>,
): Prisma.MigrationUncheckedCreateInput {
  return {
    id: "m",
    name: "Shop",
    status: "succeeded",
    phase: "online",
    draft: EMPTY_DRAFT,
    cloudConnectionId: "cloud",
    instanceId: "rm-1",
    targetDatabase: NAME,
    rdsTaskId: "7",
    rehearsal: true,
    createdBy: "test",
    createdAt: OPENED,
    startedAt: OPENED,
    onlineAt: OPENED,
    ...more,
  };
}

beforeEach(async () => {
  world = await openQuickCtx();
  await world.ctx.db.connection.create({
    data: { id: "cloud", kind: "cloud_account", name: "cloud", config: {}, secretSealed: "" },
  });
  databases = [{ name: NAME, status: "Running", collation: "" }];
  asked = [];
  atRds = () => {
    databases = [];
  };
  world.clients.rds = async () =>
    only<RdsAccount>({
      listDatabases: async () => databases,
      deleteDatabase: async ({ databaseName }) => {
        asked.push(databaseName);
        atRds();
        return { requestId: "R-1" };
      },
    });
});

afterEach(() => world.close());

const drop = (confirmName = NAME) =>
  dropRehearsal({ ctx: world.as("operator"), input: { migrationId: "m", drop: { confirmName } } });
const add = (more: Partial<Prisma.MigrationUncheckedCreateInput> = {}) =>
  world.ctx.db.migration.create({ data: migration(more) });
async function droppedEvents(): Promise<number> {
  return world.ctx.db.migrationEvent.count({ where: { type: "rehearsal_dropped" } });
}

test("what a rehearsal opened is dropped, with its name typed, and the record says who did it", async () => {
  await add();
  await drop();
  expect(asked).toEqual([NAME]);
  const [event] = await world.ctx.db.migrationEvent.findMany({ where: { type: "rehearsal_dropped" } });
  expect(event).toMatchObject({ actor: "operator", payload: { database: NAME } });
});

test("pressed again it is refused: RDS is asked once", async () => {
  await add();
  await drop();
  await expect(drop()).rejects.toMatchObject({ fields: { reason: "rehearsal_not_droppable" } });
  expect(asked).toEqual([NAME]);
  expect(await droppedEvents()).toBe(1);
});

test("the answer is lost: what is gone is not asked for again", async () => {
  await add();
  atRds = () => {
    databases = [];
    throw outage(true);
  };
  await drop();
  expect(asked).toEqual([NAME]);
  expect(await droppedEvents()).toBe(1);
});

test("no answer, and the database is still on its way out: unknown, and nothing is recorded as dropped", async () => {
  await add();
  atRds = () => {
    databases = [{ name: NAME, status: "Deleting", collation: "" }];
    throw outage(true);
  };
  await expect(drop()).rejects.toMatchObject({ fields: { reason: "drop_outcome_unknown" } });
  await expect(drop()).rejects.toMatchObject({ fields: { reason: "drop_outcome_unknown" } });
  expect(asked).toEqual([NAME]);
  databases = [];
  await drop();
  expect(asked).toEqual([NAME]);
  expect(await droppedEvents()).toBe(1);
});

describe("nothing is dropped", () => {
  test.each<[string, Partial<Prisma.MigrationUncheckedCreateInput>]>([
    ["of a real migration", { rehearsal: false }],
    ["that RDS never opened", { onlineAt: null }],
    ["that has no task of its own", { rdsTaskId: null }],
    ["that was dropped before", { droppedAt: OPENED }],
  ])("%s", async (_what, more) => {
    await add(more);
    await expect(drop()).rejects.toMatchObject({ fields: { reason: "rehearsal_not_droppable" } });
    expect(asked).toEqual([]);
  });

  test("with another name typed, also in other letters", async () => {
    await add();
    await expect(drop(NAME.toLowerCase())).rejects.toMatchObject({
      fields: { reason: "name_does_not_match" },
    });
    expect(asked).toEqual([]);
  });

  test("when a later migration has that name, in whatever letters", async () => {
    await add();
    const later = new Date("2026-05-04T12:00:00.000Z");
    await add({ id: "real", rehearsal: false, targetDatabase: NAME.toUpperCase(), startedAt: later });
    await expect(drop()).rejects.toMatchObject({ fields: { reason: "rehearsal_not_droppable" } });
    expect(asked).toEqual([]);
  });

  test("by a viewer", async () => {
    await add();
    const input = { migrationId: "m", drop: { confirmName: NAME } };
    await expect(dropRehearsal({ ctx: world.as("viewer"), input })).rejects.toMatchObject({
      fields: { code: "forbidden" },
    });
    expect(asked).toEqual([]);
  });
});
