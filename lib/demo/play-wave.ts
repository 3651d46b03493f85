import type { Ctx } from "@/lib/context/context";
import type { WaveMemberView, WaveView } from "@/lib/contracts/wave";
import { WaveInput } from "@/lib/contracts/wave";
import { LAST_LOG_LIMIT_BYTES } from "@/lib/migration/rds-limits";
import { acceptWarning } from "@/lib/preflight/accept-warning";
import { listPreflight } from "@/lib/preflight/list-preflight";
import { listDatabases } from "@/lib/services/catalog/list-databases";
import { SANDBOX_SOURCE_ID } from "@/lib/services/connection/seed-sandbox";
import { listEvents } from "@/lib/services/event/list-events";
import { actOnWave } from "@/lib/services/wave/act-on-wave";
import { getWave } from "@/lib/services/wave/get-wave";
import { planWave } from "@/lib/services/wave/plan-members";
import { saveWave } from "@/lib/services/wave/save-wave";
import { runWavePreflight } from "@/lib/services/wave/wave-preflight";
import { mapNames } from "@/lib/wave/map-names";
import { whyLeft } from "@/lib/wave/match-pattern";
import { WaveRules } from "@/lib/wave/wave-rules";
import type { SandboxEndpoints } from "@/sandbox/sandbox";
import { demoDraft } from "./demo-draft";

/** How a member of the wave ended. */
export interface WaveEnd {
  database: string;
  target: string | null;
  /** `online`, `taken-back` by its deadline, or `stopped` at a phase, with what a person must do. */
  end: "online" | "taken-back" | "stopped";
  phase: string;
  needs: string | null;
  /** Reason of what stopped it, as the page says it by `error.<reason>`, or the probe that blocked it. */
  why: string | null;
  downtimeSeconds: number | null;
  /** CreateMigrateTask calls that were accepted for it. */
  files: number;
}

export interface WaveReport {
  /** `ended`: nothing of it goes on by itself any more. */
  status: "ended";
  scenario: string;
  waveId: string;
  databases: number;
  online: number;
  takenBack: number;
  stopped: number;
  /** Whether each ended as the scenario tells. */
  asTold: boolean;
  /** The last one online, by what happened, and by what was foreseen when it started. */
  last: string | null;
  foreseenLast: string | null;
  ends: WaveEnd[];
  elapsedSeconds: number;
}

/** How the scenario tells that they end; all others are online. */
const TOLD: Readonly<Record<string, WaveEnd["end"]>> = {
  LegacyCRM: "stopped",
  Inventory: "stopped",
  HRDB: "taken-back",
};

/** So many more than the sandbox has: twenty in all. */
export const MORE_DATABASES = 16;
const NAME = "Wave 1";
const LOOK_MS = 500;
/** Half of what RDS takes longer for one database's last log, sandbox seconds: a machine that is busy passes a forecast by much. */
const LEAST_DEADLINE_SECONDS = 2 * 3600;
const ROOM = 3;

/** Moves all databases of the sandbox's server in one wave, and tells how each of them ended. */
export async function playWave(input: {
  ctx: Ctx;
  endpoints: SandboxEndpoints;
  say: (line: string) => void;
  begun: number;
}): Promise<WaveReport> {
  const { ctx, endpoints, say, begun } = input;
  const { id, members } = await makeWave(ctx, endpoints);
  const { rows } = await runWavePreflight({ ctx, input: { waveId: id, migrationIds: null } });
  for (const { migrationId, counts } of rows) {
    const name = members.find(({ migration }) => migration.id === migrationId)?.migration.name;
    say(`${name}: ${JSON.stringify(counts)}`);
    await acceptWarnings(ctx, migrationId);
  }
  const planned = await planWave({ ctx, input: { waveId: id } });
  const foreseen = nameOf(planned, planned.last?.migrationId ?? null);
  await actOnWave({ ctx, input: { waveId: id, action: { type: "start" } } });
  const ready = await waitUntil(ctx, id, say, isReady);
  const p90 = Math.max(0, ...ready.members.map(({ downtimeSeconds }) => downtimeSeconds?.p90 ?? 0));
  const minutes = Math.max(LEAST_DEADLINE_SECONDS / endpoints.timeFactor, ROOM * p90) / 60;
  await actOnWave({
    ctx,
    input: {
      waveId: id,
      action: {
        type: "arm",
        cutover: {
          ...{ mode: "sequence", perInstance: true, waitMinutes: 0, window: null },
          ...{ stopWrites: "restricted_user", checkMode: "async" },
          deadline: { minutes, after: "take_back" },
        },
      },
    },
  });
  await waitUntil(ctx, id, say, ({ armed, stage }) => armed || isSettled(stage));
  await actOnWave({ ctx, input: { waveId: id, action: { type: "go", confirmName: NAME } } });
  const over = await waitUntil(ctx, id, say, isEnded);
  const ends = await Promise.all(over.members.map((member) => endOf(ctx, member)));
  const count = (end: WaveEnd["end"]) => ends.filter((one) => one.end === end).length;
  const last = over.members.toSorted((a, b) => ((a.onlineAt ?? "") < (b.onlineAt ?? "") ? 1 : -1))[0];
  return {
    status: "ended",
    scenario: endpoints.scenario,
    waveId: id,
    databases: ends.length,
    online: count("online"),
    takenBack: count("taken-back"),
    stopped: count("stopped"),
    asTold: ends.every(({ database, end }) => end === (TOLD[database] ?? "online")),
    last: last?.onlineAt ? last.migration.name : null,
    foreseenLast: foreseen,
    ends,
    elapsedSeconds: Math.round((Date.now() - begun) / 1_000),
  };
}

async function makeWave(ctx: Ctx, endpoints: SandboxEndpoints): Promise<WaveView> {
  const all = await listDatabases({ ctx, input: { connectionId: SANDBOX_SOURCE_ID } });
  const choice = { patterns: "*", leastBytes: null, mostBytes: null };
  const chosen = all.databases.filter((database) => whyLeft(database, choice) === null);
  const { instanceId } = endpoints.rds;
  const names = mapNames(
    chosen.map(({ name }) => ({ source: name, instanceId })),
    { before: "", after: "" },
  );
  const form = demoDraft({ by: "app", folder: endpoints.sqlServer.localFolder, database: NAME }, endpoints);
  return saveWave({
    ctx,
    input: {
      waveId: null,
      wave: WaveInput.parse({
        name: NAME,
        form: {
          ...form,
          prefix: "wave/",
          schedule: { mode: "back_to_back", untilBytes: LAST_LOG_LIMIT_BYTES, backup: "log" },
        },
        rules: WaveRules.parse({ sourcesAtOnce: 4, restoresAtOnce: 4 }),
        members: chosen.map(({ name, dataBytes }, index) => ({
          sourceDatabase: name,
          targetDatabase: names[index]?.target ?? name,
          databaseBytes: dataBytes,
        })),
      }),
    },
  });
}

async function acceptWarnings(ctx: Ctx, migrationId: string): Promise<void> {
  const { probes } = await listPreflight({ ctx, input: { migrationId } });
  for (const { id, gist, verdict, accepted } of probes) {
    if (verdict !== "warn" || accepted !== null) continue;
    await acceptWarning({ ctx, input: { migrationId, probe: id, gist, reason: "a rehearsal" } });
  }
}

const isSettled = (stage: WaveMemberView["stage"]): boolean => stage === "stopped" || stage === "online";

/** Its rounds have done what they are for, or it has stopped. */
function isReady({ stage, migration }: WaveMemberView): boolean {
  return isSettled(stage) || (stage === "rounds" && migration.needs?.key === "cutover_ready");
}

function isEnded({ stage, takenBack, migration }: WaveMemberView): boolean {
  return isSettled(stage) || (takenBack !== null && stage === "rounds" && migration.custody === null);
}

/** Looks as somebody at the page does, until all are so. */
async function waitUntil(
  ctx: Ctx,
  waveId: string,
  say: (line: string) => void,
  isSo: (member: WaveMemberView) => boolean,
): Promise<WaveView> {
  let told = "";
  for (;;) {
    const wave = await getWave({ ctx, input: { waveId } });
    const counts: Record<string, number> = {};
    for (const { stage } of wave.members) counts[stage] = (counts[stage] ?? 0) + 1;
    const line = JSON.stringify(counts);
    if (line !== told) say(`${wave.serverNow} ${line}`);
    told = line;
    if (wave.members.every(isSo)) return wave;
    await new Promise((settle) => setTimeout(settle, LOOK_MS));
  }
}

function nameOf({ members }: WaveView, migrationId: string | null): string | null {
  return members.find(({ migration }) => migration.id === migrationId)?.migration.name ?? null;
}

async function endOf(ctx: Ctx, member: WaveMemberView): Promise<WaveEnd> {
  const { migration, stage, takenBack, stoppedAt, onlineAt } = member;
  const end = stage === "online" ? "online" : takenBack !== null ? "taken-back" : "stopped";
  const downMs =
    onlineAt !== null && stoppedAt !== null ? Date.parse(onlineAt) - Date.parse(stoppedAt) : null;
  return {
    database: migration.source.database ?? migration.name,
    target: migration.target.database,
    end,
    phase: migration.phase,
    needs: migration.needs?.key ?? null,
    why: end === "online" ? null : await whyOf(ctx, member),
    downtimeSeconds: downMs === null ? null : downMs / 1_000,
    files: migration.filesImported,
  };
}

/** What its own record or its preflight says of why it did not go on. */
async function whyOf(ctx: Ctx, { migration, takenBack, note }: WaveMemberView): Promise<string | null> {
  if (takenBack !== null) return takenBack;
  if (note !== null) return note.reason;
  const { id, needs } = migration;
  const { probes } = await listPreflight({ ctx, input: { migrationId: id } });
  const blocking = probes.find(({ verdict }) => verdict === "block");
  if (migration.phase === "preflight" && blocking) return blocking.id;
  const drift = needs?.params.drift;
  if (typeof drift === "string") return drift;
  const { events } = await listEvents({ ctx, input: { migrationId: id, after: 0 } });
  const failed = events.findLast(({ type }) => type === "step_failed" || type === "file_refused");
  return String(failed?.payload.reason ?? failed?.payload.kind ?? needs?.key ?? "") || null;
}
