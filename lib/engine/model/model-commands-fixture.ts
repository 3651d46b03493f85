import fc from "fast-check";
import type { MigrationAction } from "@/lib/contracts/migration";
import { isOpenStep } from "@/lib/migration/snapshot";
import { allowedActions } from "@/lib/plan/allowed-actions";
import { snapshotOf } from "@/lib/plan/snapshot-of";
import { CALL_FAULTS, RDS_WEATHERS } from "./fake-rds-fixture";
import type { ModelRules } from "./model-rules-fixture";
import type { ModelWorld } from "./model-world-fixture";

export interface Real {
  world: ModelWorld;
  rules: ModelRules;
}

type Command = fc.AsyncCommand<object, Real>;

/** Something that happens; afterwards every rule must hold. */
function command(name: string, run: (world: ModelWorld) => Promise<unknown>): Command {
  return {
    check: () => true,
    run: async (_, { world, rules }) => {
      await run(world);
      await rules.check(world);
    },
    toString: () => name,
  };
}

/** Asked in any state: the product itself says what may be asked now. */
export const ASKED = [
  "take_log",
  "take_differential",
  "scan_now",
  "cutover",
  "cutover_by_operator",
  "go_back",
  "cancel",
  "retry_step",
  "resolve_unknown",
  "skip_file",
  "dismiss_alarm",
] as const;
type Asked = (typeof ASKED)[number];

/** What a person asks for, with the truth of the world in it where a person looks; false: there is nothing to ask so. */
export async function ask(world: ModelWorld, asked: Asked): Promise<boolean> {
  const action = await actionOf(world, asked);
  return action !== null && (await world.act(action));
}

async function actionOf(world: ModelWorld, asked: Asked): Promise<MigrationAction | null> {
  const { steps, files, alarms, targetDatabase } = await world.rows();
  switch (asked) {
    case "take_log":
      return { type: "take_backup", backup: "log" };
    case "take_differential":
      return { type: "take_backup", backup: "differential" };
    case "cutover":
    case "cutover_by_operator": {
      const byOperator = asked === "cutover_by_operator" || world.kind === "others";
      const stopWrites = byOperator ? "operator" : "restricted_user";
      return { type: "cutover", stopWrites, checkMode: "async", confirmName: targetDatabase ?? "" };
    }
    case "retry_step": {
      const step = steps.find(({ status }) => status === "failed");
      return step ? { type: "retry_step", stepId: step.id } : null;
    }
    case "resolve_unknown": {
      const step = steps.find(({ status }) => status === "unknown");
      return step ? world.truthOf(step, files) : null;
    }
    case "skip_file": {
      const file = files.find(({ state }) => state === "refused" || state === "failed");
      return file ? { type: "skip_file", fileId: file.id } : null;
    }
    case "dismiss_alarm": {
      const [alarm] = alarms;
      return alarm ? { type: "dismiss_alarm", alarmId: alarm.id } : null;
    }
    case "scan_now":
    case "go_back":
    case "cancel":
      return { type: asked };
  }
}

/** Places right before and right after what must not happen twice, or closes the source. */
const DECISIVE = [
  "begin",
  "committed",
  "createImport",
  "createImport answered",
  "openDatabase",
  "openDatabase answered",
  "backup",
  "backup answered",
  "restrictUsers",
  "restrictUsers answered",
  "recover answered",
] as const;

const MINUTES = [1, 5, 30, 600];

/** What may happen in a run. */
export function commandsOf(most: number): fc.Arbitrary<Iterable<Command>> {
  const worker = fc.constantFrom(0, 1);
  const driven = fc
    .integer({ min: 1, max: 12 })
    .map((rounds) => command(`drive ${rounds}`, (world) => world.drive(rounds)));
  const broken = fc
    .record({
      worker,
      pick: fc.nat(3),
      at: fc.integer({ min: 1, max: 24 }),
      what: fc.constantFrom("kill", "stop"),
    })
    .map(({ worker: index, pick, at, what }) =>
      command(`worker ${index} takes ${pick}, ${what} at ${at}`, (world) =>
        world.work(index, pick, { at, what: what === "kill" ? "kill" : "stop" }),
      ),
    );
  const awaited = fc
    .record({ at: fc.constantFrom(...DECISIVE), what: fc.constantFrom("kill" as const, "stop" as const) })
    .map(({ at, what }) =>
      command(`the next at ${at}: ${what}`, async (world) => {
        world.awaits = { at, what };
      }),
    );
  const goesOn = worker.map((index) => command(`worker ${index} goes on`, (world) => world.resume(index)));
  const passes = fc
    .constantFrom(5_000, 25_000, 110_000, 300_000)
    .map((ms) => command(`${ms / 1000} s pass`, (world) => world.pass(ms)));
  // Rarely: nothing comes after it.
  const asked = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...ASKED.filter((one) => one !== "cancel")) },
    { weight: 1, arbitrary: fc.constant("cancel" as const) },
  );
  const asks = asked.map((what) => command(what, (world) => ask(world, what)));
  const cutover = fc.constant(command("cutover", (world) => ask(world, "cutover")));
  const meets = fc
    .record({ fault: fc.constantFrom(...CALL_FAULTS), side: fc.constantFrom("rds", "source") })
    .map(({ fault, side }) =>
      command(`${side} meets ${fault}`, async (world) => {
        world[side === "rds" ? "rds" : "source"].fault = fault;
      }),
    );
  const weather = fc
    .record({ kind: fc.constantFrom(...RDS_WEATHERS), minutes: fc.constantFrom(...MINUTES) })
    .map(({ kind, minutes }) =>
      command(`rds ${kind} for ${minutes} min`, async (world) => world.rds.set(kind, world.untilMs(minutes))),
    );
  const away = fc
    .record({ side: fc.constantFrom("source", "oss"), minutes: fc.constantFrom(...MINUTES) })
    .map(({ side, minutes }) =>
      command(`${side} away for ${minutes} min`, async (world) =>
        world[side === "oss" ? "oss" : "source"].goAway(world.untilMs(minutes)),
      ),
    );
  const others = fc
    .constantFrom(
      "restore fails",
      "errors in the database",
      "opened by others",
      "log by others",
      "full by others",
    )
    .map((what) => command(what, async (world) => byOthers(world, what)));
  const beside = fc
    .constantFrom("start" as const, "open" as const)
    .map((what) => command(`${what} by another key`, (world) => world.beside(what)));
  const brought = fc.constantFrom("log", "differential").map((kind) =>
    command(`a ${kind} is brought`, async (world) => {
      if (world.kind === "others" && !world.source.isClosed)
        world.bringFile(kind === "log" ? "log" : "differential");
    }),
  );
  const happens = [
    broken,
    awaited,
    awaited,
    goesOn,
    passes,
    asks,
    cutover,
    meets,
    meets,
    weather,
    away,
    others,
    beside,
    brought,
  ];
  return fc.commands([driven, driven, driven, driven, driven, ...happens], {
    maxCommands: most,
    size: "max",
  });
}

function byOthers(world: ModelWorld, what: string): void {
  if (what === "restore fails") world.rds.failsNext = true;
  if (what === "errors in the database") world.rds.verdict = "errors";
  if (what === "opened by others") world.rds.openByOthers();
  if (world.source.isClosed || world.kind === "others") return;
  if (what === "log by others") world.source.takeBackup("log", null);
  if (what === "full by others") world.source.takeBackup("full", null);
}

/** How often a person is patient. */
const PATIENCE = 60;

/**
 * Everything answers again, and somebody does what the product asks for until the target is online, while somebody else keeps
 * pressing *Open Database*: whatever happened before, there is a way to an end. Throws when there is none.
 */
export async function finish({ world, rules }: Real, stopped: "resume" | "kill"): Promise<void> {
  await world.calm(stopped);
  await rules.check(world);
  for (let turn = 0; turn < PATIENCE; turn += 1) {
    await world.drive(25);
    await world.watch();
    await world.beside("open");
    await rules.check(world);
    const row = await world.rows();
    if (row.status === "succeeded" || row.status === "cancelled" || isCheckFailed(row)) return;
    if (waitsForAFull(world, row)) world.bringFile("full");
    const asked = await nextWish(world);
    if (asked === null || !(await ask(world, asked))) await world.pass(5 * 60_000);
  }
  throw new Error("No way to an end was found");
}

/** Of others who make the backups: without another full, once the first was left out, there is nothing to begin with. */
function waitsForAFull({ kind }: ModelWorld, row: Awaited<ReturnType<ModelWorld["rows"]>>): boolean {
  const isThere = row.files.some(({ type, state }) => type === "full" && state !== "skipped");
  return kind === "others" && row.phase === "full" && row.status === "waiting_for_backup" && !isThere;
}

function isCheckFailed({ status, onlineAt }: Awaited<ReturnType<ModelWorld["rows"]>>): boolean {
  return status === "failed" && onlineAt !== null;
}

async function nextWish(world: ModelWorld): Promise<Asked | null> {
  const row = await world.rows();
  const open = row.steps.filter(isOpenStep);
  const allowed = allowedActions(snapshotOf(row));
  if (open.some(({ status }) => status === "unknown")) return "resolve_unknown";
  // What somebody else opened takes no file any more: nothing but giving up is left.
  if (world.rds.isOpenedByOthers && allowed.includes("cancel")) return "cancel";
  if (open.some(({ status }) => status === "failed")) {
    world.tries += 1;
    if (world.tries > 6) return allowed.includes("go_back") ? "go_back" : "cancel";
    return "retry_step";
  }
  if (row.alarms.length > 0) return "dismiss_alarm";
  if (row.files.some(({ state }) => state === "refused" || state === "failed")) {
    if (allowed.includes("take_differential") && world.tries < 3) {
      world.tries += 1;
      return "take_differential";
    }
    return "skip_file";
  }
  return allowed.includes("cutover") ? "cutover" : null;
}
