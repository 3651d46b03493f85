import type { Ctx } from "@/lib/context/context";
import { isAppError } from "@/lib/diagnosis/app-error";
import { isExternalError } from "@/lib/diagnosis/external-error";
import type { WaveRow } from "@/lib/store/wave-rows";
import type { WaveSpaces } from "@/lib/wave/wave-rules";
import type { BesideRow } from "./read-beside";
import type { Member } from "./read-members";

/** How long what an instance said of its disk is taken for true while members wait to use it. */
const FRESH_MS = 60_000;
/** The same once a database has been restored since: what it takes is on the disk then. */
const FRESH_AFTER_RESTORE_MS = 5_000;

/**
 * What instances say of their disks (DescribeDBInstanceAttribute's DBInstanceStorage, DescribeResourceUsage's DiskUsed), asked where a
 * member is still to be restored and what was told is older than a minute or of other databases, members or not. One that does not answer leaves what
 * it said last. Writes what is new, and returns all.
 */
export async function readSpaces(
  ctx: Ctx,
  wave: WaveRow,
  members: readonly Member[],
  beside: readonly BesideRow[],
): Promise<WaveSpaces> {
  const all = [...members, ...beside.map(({ member }) => member)];
  const nowMs = ctx.now().getTime();
  const wanted = new Map<string, { cloudId: string; onDisk: string[] }>();
  for (const { row, stage } of members) {
    const { instanceId } = row;
    const cloudId = row.cloudConnectionId ?? row.draft.cloudConnectionId;
    if (instanceId === null || cloudId === null || wanted.has(instanceId)) continue;
    if (stage !== "waiting" && stage !== "uploaded") continue;
    const onDisk = all.filter((one) => one.row.instanceId === instanceId && one.row.targetLsn !== null);
    const known = wave.spaces[instanceId];
    const isSame = known && onDisk.every((one) => known.onDisk.includes(one.row.id));
    const freshMs = isSame ? FRESH_MS : FRESH_AFTER_RESTORE_MS;
    if (known && nowMs - Date.parse(known.askedAt) < freshMs) continue;
    wanted.set(instanceId, { cloudId, onDisk: onDisk.map((one) => one.row.id) });
  }
  if (wanted.size === 0) return wave.spaces;
  const askedAt = new Date(nowMs).toISOString();
  const told: WaveSpaces = {};
  for (const [instanceId, { cloudId, onDisk }] of wanted) {
    try {
      const rds = await ctx.clients.rds(cloudId);
      const { storageBytes } = await rds.getInstance(instanceId);
      const { diskUsedBytes } = await rds.getUsage(instanceId);
      const freeBytes = Math.max(0, storageBytes - diskUsedBytes);
      told[instanceId] = { askedAt, said: { at: askedAt, storageBytes, freeBytes }, onDisk };
    } catch (error) {
      if (!isExternalError(error) && !isAppError(error)) throw error;
      const known = wave.spaces[instanceId] ?? { said: null, onDisk: [] };
      told[instanceId] = { ...known, askedAt };
    }
  }
  const spaces = { ...wave.spaces, ...told };
  await ctx.db.wave.updateMany({ where: { id: wave.id }, data: { spaces } });
  return spaces;
}
