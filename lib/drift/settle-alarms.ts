import type { Ctx, Tx } from "@/lib/context/context";
import type { DriftFinding } from "@/lib/migration/assess-drift";
import type { DriftKind } from "@/lib/migration/vocabulary/drift-kind";
import type { NewEvent } from "@/lib/migration/vocabulary/events";
import { appendEvents } from "@/lib/store/append-events";
import { type AlarmRow, readAlarm } from "@/lib/store/typed-rows";

const CLEARED_BY_ITSELF = "engine";

/**
 * Raises, keeps or clears a migration's alarms of `kinds` by what one look found, each change with an event. Alarms of other
 * kinds are another watch's. Answers whether anything was raised or cleared.
 */
export async function settleAlarms(
  ctx: Pick<Ctx, "now" | "newId" | "actor">,
  tx: Tx,
  look: { migrationId: string; kinds: readonly DriftKind[]; findings: readonly DriftFinding[] },
): Promise<boolean> {
  const { migrationId, findings } = look;
  const now = ctx.now();
  const known = (await tx.driftAlarm.findMany({ where: { migrationId } }))
    .map(readAlarm)
    .filter(({ kind }) => look.kinds.includes(kind));
  const events: NewEvent[] = [];
  for (const { kind, fingerprint, evidence } of findings) {
    const alarm = known.find((one) => one.kind === kind && one.fingerprint === fingerprint);
    // A person who said "go on" is not asked again about the same event.
    const raise = !alarm || (alarm.clearedAt !== null && alarm.clearedBy === CLEARED_BY_ITSELF);
    if (raise) events.push({ type: "drift_raised", payload: { drift: kind, ...evidence } });
    const seen = { evidence, lastSeenAt: now, ...(raise ? { clearedAt: null, clearedBy: null } : {}) };
    await tx.driftAlarm.upsert({
      where: { migrationId_kind_fingerprint: { migrationId, kind, fingerprint } },
      create: { id: ctx.newId(), migrationId, kind, fingerprint, raisedAt: now, ...seen },
      update: raise ? { ...seen, raisedAt: now } : seen,
    });
  }
  for (const alarm of known) {
    if (alarm.clearedAt !== null || findings.some((finding) => isSame(finding, alarm))) continue;
    await tx.driftAlarm.update({
      where: { id: alarm.id },
      data: { clearedAt: now, clearedBy: CLEARED_BY_ITSELF },
    });
    events.push({ type: "drift_cleared", payload: { drift: alarm.kind } });
  }
  if (events.length > 0) await appendEvents(tx, { migrationId, actor: ctx.actor.name, at: now, events });
  return events.length > 0;
}

function isSame(finding: DriftFinding, alarm: AlarmRow): boolean {
  return finding.kind === alarm.kind && finding.fingerprint === alarm.fingerprint;
}
