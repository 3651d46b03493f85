import type { Ctx } from "@/lib/context/context";
import type { WaveRow } from "@/lib/store/wave-rows";
import type { Beside } from "@/lib/wave/beside";
import type { OtherSender, UploadFor } from "@/lib/wave/share-line";
import { WavePlans, WaveRules } from "@/lib/wave/wave-rules";
import { type Member, readReadable } from "./read-members";

/** One that is under way beside a wave. */
export interface BesideRow {
  member: Member;
  /** Of its database, as its plan or its draft says; null: nobody knows. */
  bytes: number | null;
  /** The wave that it is of; null: it is a migration of its own. */
  wave: { id: string; name: string; bytesPerSecond: number | null } | null;
}

/** Where a wave's members come from and go to, and whether others' uploads take of its line. */
export interface Surroundings {
  waveId: string;
  sourceIds: readonly string[];
  instanceIds: readonly string[];
  sharesLine: boolean;
}

const OVER = ["draft", "cancelling", "cancelled", "succeeded"];
const ENDED = ["succeeded", "refused", "skipped", "cancelled"];
const NO_PLANS: WavePlans = {};

/**
 * Everything that may still take of the same servers, instances and line: migrations of their own that have begun and are not online, and
 * members of other waves that run, also those that wait there. What another version wrote is passed over: a wave does not stop for it.
 */
export async function readBeside(ctx: Ctx, around: Surroundings): Promise<BesideRow[]> {
  const { waveId, sourceIds, instanceIds, sharesLine } = around;
  const waves = await ctx.db.wave.findMany({
    where: { id: { not: waveId }, startedAt: { not: null }, endedAt: null },
    select: { id: true, name: true, rules: true, plans: true },
  });
  const sending = sharesLine
    ? await ctx.db.migrationStep.findMany({
        where: { kind: "upload", status: { notIn: ENDED } },
        select: { migrationId: true },
      })
    : [];
  const members = await readReadable(ctx, {
    AND: [
      { OR: [{ waveId: null }, { waveId: { not: waveId } }] },
      {
        OR: [
          { status: { notIn: OVER }, onlineAt: null },
          { status: "draft", waveId: { in: waves.map(({ id }) => id) } },
        ],
      },
      {
        OR: [
          { instanceId: { in: [...instanceIds] } },
          { sourceConnectionId: { in: [...sourceIds] } },
          { id: { in: sending.map(({ migrationId }) => migrationId) } },
        ],
      },
    ],
  });
  return members.map((member) => {
    const wave = waves.find(({ id }) => id === member.row.waveId);
    const plans = WavePlans.safeParse(wave?.plans).data ?? NO_PLANS;
    const { plan, draft, id } = member.row;
    return {
      member,
      bytes: plans[id]?.bytes ?? plan?.base.databaseBytes ?? draft.plan.databaseBytes,
      wave: wave
        ? {
            id: wave.id,
            name: wave.name,
            bytesPerSecond: WaveRules.safeParse(wave.rules).data?.bytesPerSecond ?? null,
          }
        : null,
    };
  });
}

/** The surroundings of a wave, by its members' drafts where they have not begun. */
export function surroundingsOf(
  wave: Pick<WaveRow, "id" | "rules">,
  members: readonly Member[],
): Surroundings {
  return {
    waveId: wave.id,
    sourceIds: [...new Set(members.flatMap((member) => sourceOf(member) ?? []))],
    instanceIds: [...new Set(members.flatMap(({ row }) => row.instanceId ?? []))],
    sharesLine: wave.rules.bytesPerSecond !== null,
  };
}

/** Connection of the server whose backups this product takes; null: others take them. */
export function sourceOf({ row }: Member): string | null {
  return row.draft.backupBy === "app" ? (row.sourceConnectionId ?? row.draft.sourceConnectionId) : null;
}

/**
 * What decides what it takes, by what its instance said last of its disk. One whose backup is not sent, or not handed to RDS, because a
 * person has paused it or its wave takes nothing until they let it go on.
 */
export function toBeside({ member, bytes }: BesideRow, spaces: WaveRow["spaces"]): Beside {
  const { row, part, steps } = member;
  const isPaused = part.paused || (row.uploadControl?.paused ?? false);
  const sends = member.stage === "preparing" && steps.some(({ kind }) => kind === "upload");
  const stands = (isPaused && sends) || (part.paused && member.stage === "uploaded");
  const stage = stands ? "stopped" : member.stage;
  const { instanceId } = row;
  const onDisk = instanceId !== null && (spaces[instanceId]?.onDisk.includes(row.id) ?? false);
  return { sourceId: sourceOf(member), instanceId, bytes, stage, onDisk };
}

/** What a member's upload is for, by where it stands. */
export function uploadForOf(stage: Member["stage"]): UploadFor {
  return stage === "cutting_over" ? "cutover" : stage === "preparing" ? "base" : "log";
}

const SENDING: ReadonlySet<string> = new Set(["queued", "running", "retrying"]);

/** Whether a file of it is sent now: none of one that is paused, or whose upload waits for a person. */
export function isSending({ row, part, steps }: Member): boolean {
  if (row.uploadControl?.paused || (part.paused && row.cutover === null)) return false;
  return steps.some(({ kind, status }) => kind === "upload" && SENDING.has(status));
}

/** Who of them sends now, a wave as one. */
export function sendersOf(beside: readonly BesideRow[]): OtherSender[] {
  const waves = new Map<string, OtherSender & { uploads: UploadFor[] }>();
  const alone: OtherSender[] = [];
  for (const { member, wave } of beside) {
    const { row, stage } = member;
    if (!isSending(member)) continue;
    const what = uploadForOf(stage);
    if (wave === null) {
      alone.push({ uploads: [what], most: row.uploadControl?.bytesPerSecond ?? null, line: null });
      continue;
    }
    const { bytesPerSecond } = wave;
    const known = waves.get(wave.id) ?? { uploads: [], most: bytesPerSecond, line: bytesPerSecond };
    known.uploads.push(what);
    waves.set(wave.id, known);
  }
  return [...waves.values(), ...alone];
}
