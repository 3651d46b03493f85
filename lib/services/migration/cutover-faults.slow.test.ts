import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/context/context";
import { OPENING_MS } from "@/lib/context/open-test-ctx";
import { isAppError } from "@/lib/diagnosis/app-error";
import { sourceFailure } from "@/lib/sqlserver/source-failure";
import { BASE_MS, type CutoverWorld, openCutoverWorld, refusal } from "./cutover-world-fixture";
import { getMigration } from "./get-migration";

/** From the stop of writes to the opening, in their order. */
const STEPS = ["stop_writes", "backup", "upload", "inspect", "import", "await_import", "open"] as const;

/** 30 s at the engine's usual base of 3 s. */
const WITHIN_BASES = 10;
/** This operator waits 10 min at the usual base, or until a step has given up. */
const PATIENCE_BASES = 200;
/** Nothing here lasts for ever. */
const LONGEST_BASES = 3_000;

interface Fault {
  begin(world: CutoverWorld): void;
  /** Absent: it stays. */
  end?: { afterBases: number; mend(world: CutoverWorld): void };
}

const FAULTS: Record<string, Fault> = {
  "source gone": {
    begin: ({ source }) => {
      source.down = sourceFailure("unavailable", "ESOCKET", "The server is gone");
    },
    end: { afterBases: 300, mend: ({ source }) => Object.assign(source, { down: null }) },
  },
  "OSS refusing": {
    begin: ({ oss }) => {
      oss.down = refusal("oss", "unavailable", "ServiceUnavailable");
    },
  },
  "RDS 5xx": {
    begin: ({ rds }) => {
      rds.down = (changes) => refusal("rds", "unavailable", "ServiceUnavailable", changes);
    },
    end: { afterBases: 400, mend: ({ rds }) => Object.assign(rds, { down: null }) },
  },
  throttled: {
    begin: ({ rds, oss }) => {
      rds.down = () => refusal("rds", "throttled", "Throttling.User");
      oss.down = refusal("oss", "throttled", "TooManyRequests");
    },
    end: {
      afterBases: 400,
      mend: ({ rds, oss }) => Object.assign(rds, { down: null }) && Object.assign(oss, { down: null }),
    },
  },
  "task failed": {
    begin: ({ rds }) => {
      rds.fails = true;
    },
  },
  "target opened by somebody": {
    begin: (world) => {
      world.rds.openedAtMs = world.nowMs();
    },
  },
};

let world: CutoverWorld;
// The first store takes longer than all others.
beforeAll(async () => (await openCutoverWorld()).close(), 2 * OPENING_MS);
afterEach(() => world.close());

interface End {
  how: "online" | "taken back";
  /** When the operator asked for the way back; null: nobody did. */
  decidedAtMs: number | null;
  endedAtMs: number;
}

/** Plays the operator: goes back when a step has given up, or when it takes too long. */
async function playOperator(fault: Fault | null, at: string, on?: (kind: string) => Ctx): Promise<End> {
  const startedAtMs = world.nowMs();
  let begunAtMs: number | null = null;
  let decidedAtMs: number | null = null;
  while (world.nowMs() - startedAtMs < LONGEST_BASES * BASE_MS) {
    await world.turn(async (kind) => {
      if (kind !== at || begunAtMs !== null) return;
      begunAtMs = world.nowMs();
      fault?.begin(world);
    }, on);
    if (begunAtMs !== null && fault?.end && world.nowMs() - begunAtMs >= fault.end.afterBases * BASE_MS)
      fault.end.mend(world);
    const row = await world.row();
    if (row.onlineAt !== null) return { how: "online", decidedAtMs, endedAtMs: world.nowMs() };
    if (decidedAtMs !== null && row.cutover === null) {
      return { how: "taken back", decidedAtMs, endedAtMs: world.nowMs() };
    }
    const gaveUp = row.status === "failed" || row.status === "unknown";
    const tooLong = world.nowMs() - startedAtMs > PATIENCE_BASES * BASE_MS;
    if (decidedAtMs === null && (gaveUp || tooLong) && (await askForTheWayBack()))
      decidedAtMs = world.nowMs();
  }
  throw new Error(`It has not ended: ${(await world.steps()).join(", ")}`);
}

/** The page says what is wrong and that the source is closed; then the way back is asked for. False: it is not offered now. */
async function askForTheWayBack(): Promise<boolean> {
  const view = await getMigration({ ctx: world.ctx, input: { migrationId: "m" } });
  if ((await world.row()).custody !== null) expect(view.custody).toMatchObject({ standing: "held" });
  if (!view.allowed.includes("go_back")) return false;
  expect(view.needs !== null || view.steps.some(({ failure }) => failure !== null)).toBe(true);
  try {
    expect((await world.act({ type: "go_back" })).custody?.standing ?? "releasing").toBe("releasing");
    return true;
  } catch (error) {
    // Whether RDS opens the database must be known first.
    if (isAppError(error) && error.fields.reason === "open_outcome_unknown") return false;
    throw error;
  }
}

async function expectWholeStory(end: End, mendedAtMs: number): Promise<void> {
  const view = await getMigration({ ctx: world.ctx, input: { migrationId: "m" } });
  expect(new Set(world.rds.imports).size, "a file was accepted twice").toBe(world.rds.imports.length);
  expect(world.rds.opens).toBeLessThanOrEqual(1);
  if (end.how === "online") {
    expect(view).toMatchObject({ phase: "check", custody: { standing: "kept" } });
    expect(view.cutover?.onlineAt).not.toBeNull();
    return;
  }
  expect(world.source.database).toEqual({ state: "ONLINE", userAccess: "MULTI_USER" });
  expect(view).toMatchObject({ cutover: null, custody: null, phase: "rounds" });
  const waitedBases = (end.endedAtMs - Math.max(end.decidedAtMs ?? 0, mendedAtMs)) / BASE_MS;
  expect(waitedBases, "the source was given back too late").toBeLessThanOrEqual(WITHIN_BASES);
}

describe.each(STEPS)("from %s on", (at) => {
  test.each(Object.keys(FAULTS))("%s: online or taken back, and told", async (name) => {
    world = await openCutoverWorld();
    const fault = FAULTS[name] ?? { begin: () => undefined };
    let mendedAtMs = 0;
    const end = await playOperator(
      {
        ...fault,
        ...(fault.end && {
          end: {
            ...fault.end,
            mend: (on: CutoverWorld) => {
              mendedAtMs ||= on.nowMs();
              fault.end?.mend(on);
            },
          },
        }),
      },
      at,
    );
    await expectWholeStory(end, mendedAtMs);
  });

  // After its effect or before it, and twice in a row: whoever starts next goes on from what is in the store.
  test.each([1, 2])("killed at write %s of the step, twice: goes on to the end", async (write) => {
    world = await openCutoverWorld();
    let kills = 0;
    const dying = (kind: string): Ctx => {
      if (kind !== at || kills >= 2) return world.ctx;
      let writes = 0;
      const db = new Proxy(world.ctx.db, {
        get(target, name) {
          if (name !== "$transaction") return Reflect.get(target, name);
          return async (work: (tx: never) => Promise<unknown>) => {
            writes += 1;
            if (writes < write) return target.$transaction(work as never);
            kills += 1;
            throw new Killed();
          };
        },
      }) as Ctx["db"];
      return { ...world.ctx, db };
    };
    let end: End | null = null;
    while (end === null) {
      try {
        end = await playOperator(null, at, dying);
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        await world.restart();
      }
    }
    expect(end.how).toBe("online");
    expect(kills).toBeGreaterThan(0);
    await expectWholeStory(end, 0);
  });
});

class Killed extends Error {}
