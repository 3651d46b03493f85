import { resolve } from "node:path";
import type { Actor, Ctx } from "@/lib/context/context";
import type { MigrationView } from "@/lib/contracts/migration";
import { listPreflight } from "@/lib/preflight/list-preflight";
import { SANDBOX_SOURCE_ID } from "@/lib/services/connection/seed-sandbox";
import { createDraft } from "@/lib/services/draft/create-draft";
import { saveDraft } from "@/lib/services/draft/save-draft";
import { startMigration } from "@/lib/services/draft/start-migration";
import { listEvents } from "@/lib/services/event/list-events";
import { readMissedEvents, readPulse } from "@/lib/services/event/read-pulse";
import { actOnMigration } from "@/lib/services/migration/act-on-migration";
import { getMigration } from "@/lib/services/migration/get-migration";
import type { Runtime } from "@/lib/start/runtime";
import type { SandboxEndpoints } from "@/sandbox/sandbox";
import { chooseDatabase } from "./choose-database";
import { blockingAlarm, blockingProbe, type DemoBlocker, unclearTimeline, unreadFile } from "./demo-blocker";
import { type DbaMishap, type DemoKind, demoDraft } from "./demo-draft";
import { type DemoMove, nextMove } from "./demo-moves";
import { type DemoReport, demoReport, type ReportedSource } from "./demo-report";
import { type HookServer, startHookServer } from "./hook-server";
import { passPreflight } from "./pass-preflight";
import { playDba } from "./play-dba";
import { playRehearsal } from "./play-rehearsal";
import { playWayBack } from "./play-way-back";

export interface MigrationPlay {
  /** True: say nothing on the way. */
  json: boolean;
  /** Backup files of another origin, instead of those that the sandbox makes. */
  files?: string;
  database?: string;
  /** Minutes that the cutover may last before it is taken back. */
  deadline?: number;
}

/** Who plays. */
export const DEMO_ACTOR: Actor = { kind: "person", id: "demo", name: "demo", role: "administrator" };
/** A person looks no oftener, and each look costs what it watches. */
const LOOK_MS = 250;
/** A page looks again after so long even when nothing seems to have changed. */
const STALE_MS = 2_000;

/** Migrates a database of the sandbox on a product that is up, or goes on with what it had begun, and tells how it went. */
export async function playMigration(input: {
  runtime: Runtime;
  endpoints: SandboxEndpoints;
  options: MigrationPlay;
  /** Milliseconds since the epoch from which its time is counted. */
  begun: number;
}): Promise<DemoReport> {
  const { endpoints } = input;
  const ctx = input.runtime.ctxFor(DEMO_ACTOR);
  const hook = endpoints.scenario === "hook-refuses" ? await startHookServer() : null;
  try {
    return await play({ ...input, ctx, hook });
  } finally {
    await hook?.stop();
  }
}

async function play(input: {
  ctx: Ctx;
  endpoints: SandboxEndpoints;
  options: MigrationPlay;
  begun: number;
  hook: HookServer | null;
}): Promise<DemoReport> {
  const { ctx, endpoints, options, begun, hook } = input;
  const kind = { ...(await demoKind(options, endpoints)), ...(hook ? { hook } : {}) };
  const rehearsal = endpoints.scenario === "rehearsal" ? await playRehearsal(ctx, kind, endpoints) : null;
  const { id, blocker: stopped } = await beginOrResume(ctx, kind, endpoints);
  const say = options.json ? () => undefined : (line: string) => console.error(line);
  const view = stopped
    ? await getMigration({ ctx, input: { migrationId: id } })
    : await drive(ctx, id, kind, say);
  const events = await readMissedEvents({ ctx, input: { migrationId: id, after: 0, upTo: view.lastSeq } });
  const goesBack = endpoints.scenario.split(",").includes("way-back") && view.cutover?.onlineAt;
  const wayBack = goesBack ? await playWayBack(ctx, id, endpoints) : null;
  const takenBack = view.cutover === null && events.some(({ type }) => type === "went_back");
  return demoReport({
    view,
    blocker: takenBack ? null : (stopped ?? (await findBlocker(ctx, view))),
    takenBack,
    events,
    source: kind.by === "files" ? null : await askSource(ctx, kind.database),
    endpoints,
    scenario: endpoints.scenario,
    rehearsal,
    wayBack,
    elapsedMs: Date.now() - begun,
  });
}

/** What the source server itself says of the database at the end; null: it has no such database. */
async function askSource(ctx: Ctx, name: string): Promise<ReportedSource | null> {
  const source = await ctx.clients.source(SANDBOX_SOURCE_ID);
  const found = await source.findDatabase(name);
  if (found === null) return null;
  const { state, userAccess, readOnly } = found;
  return {
    state,
    userAccess,
    readOnly,
    writable: state === "ONLINE" && userAccess === "MULTI_USER" && !readOnly,
  };
}

async function demoKind(options: MigrationPlay, endpoints: SandboxEndpoints): Promise<DemoKind> {
  const limit = options.deadline ?? (endpoints.scenario === "deadline" ? "by_forecast" : undefined);
  const holds: Pick<DemoKind, "holds"> = endpoints.scenario === "hold" ? { holds: true } : {};
  const deadline: Pick<DemoKind, "deadline" | "holds" | "again"> = {
    ...(limit === undefined ? {} : { deadline: limit }),
    ...holds,
    ...(endpoints.scenario === "go-back-and-again" ? { again: true } : {}),
  };
  if (options.files !== undefined) {
    const folder = resolve(options.files);
    const database = await chooseDatabase(folder, options.database ?? null);
    return { by: "files", folder, database, ...deadline };
  }
  const database = options.database ?? endpoints.sqlServer.databases[0] ?? "SalesDB";
  const mishap = DBA_MISHAPS.find((name) => name === endpoints.scenario);
  if (mishap) return { by: "dba", folder: endpoints.sqlServer.localFolder, database, mishap, ...deadline };
  return { by: "app", folder: endpoints.sqlServer.localFolder, database, ...deadline };
}

const DBA_MISHAPS: readonly DbaMishap[] = ["full-instead-of-log", "wrong-order"];

/** Looks everything over and starts, unless something blocks. */
async function beginOrResume(
  ctx: Ctx,
  kind: DemoKind,
  endpoints: SandboxEndpoints,
): Promise<{ id: string; blocker: DemoBlocker | null }> {
  const known = await ctx.db.migration.findFirst({
    where: { rehearsal: false },
    orderBy: { createdAt: "desc" },
  });
  if (known && known.status !== "draft") return { id: known.id, blocker: null };
  const draft = demoDraft(kind, endpoints);
  const id = known?.id ?? (await createDraft({ ctx, input: { draft } })).id;
  await saveDraft({ ctx, input: { migrationId: id, draft } });
  const blocker = await passPreflight(ctx, id);
  if (blocker === null) await startMigration({ ctx, input: { migrationId: id, reviewed: draft } });
  return { id, blocker };
}

/** What the drift watch holds, or what the engine's own preflight found since the start. */
async function findBlocker(ctx: Ctx, view: MigrationView): Promise<DemoBlocker | null> {
  const alarm = unclearTimeline(view) ?? unreadFile(view) ?? blockingAlarm(view);
  if (alarm !== null || view.status !== "failed") return alarm;
  const refused = view.steps.some((step) => step.failure?.reason === "preflight_blocked");
  if (!refused) return null;
  return blockingProbe((await listPreflight({ ctx, input: { migrationId: view.id } })).probes);
}

/** Looks and acts as a person at the page would, until the database is online and checked, or nothing can go on. */
async function drive(
  ctx: Ctx,
  migrationId: string,
  kind: DemoKind,
  say: (line: string) => void,
): Promise<MigrationView> {
  let seq = 0;
  let takenBack = 0;
  let version = -1;
  let lookedAt = 0;
  for (;;) {
    await new Promise((settle) => setTimeout(settle, LOOK_MS));
    const pulse = await readPulse({ ctx, input: { migrationId } });
    if (pulse.version === version && performance.now() - lookedAt < STALE_MS) continue;
    version = pulse.version;
    lookedAt = performance.now();
    const view = await getMigration({ ctx, input: { migrationId } });
    const { events } = await listEvents({ ctx, input: { migrationId, after: seq } });
    for (const event of events) {
      seq = event.seq;
      if (event.type === "went_back") takenBack += 1;
      say(`${event.at} ${event.type} ${JSON.stringify(event.payload)}`);
    }
    const move = nextMove(view, kind, takenBack);
    if (move.type === "end") return view;
    if (move.type !== "wait") await perform(ctx, migrationId, move, kind);
  }
}

async function perform(
  ctx: Ctx,
  migrationId: string,
  move: Exclude<DemoMove, { type: "end" | "wait" }>,
  kind: DemoKind,
): Promise<void> {
  if (move.type === "backup_by_hand") {
    const { fileName, arriveLate } = await playDba({ ctx, kind, what: move.what });
    await waitUntilSettled(ctx, migrationId, fileName);
    await arriveLate?.();
    return;
  }
  await actOnMigration({ ctx, input: { migrationId, action: move.action } });
}

const SETTLED: ReadonlySet<string> = new Set(["imported", "refused", "skipped", "failed"]);

/** A DBA looks what became of a file before making the next. */
async function waitUntilSettled(ctx: Ctx, migrationId: string, fileName: string): Promise<void> {
  for (;;) {
    const view = await getMigration({ ctx, input: { migrationId } });
    const file = view.files.find((candidate) => candidate.name === fileName);
    if ((file && SETTLED.has(file.state)) || view.status === "failed" || view.status === "unknown") return;
    await new Promise((settle) => setTimeout(settle, LOOK_MS));
  }
}
