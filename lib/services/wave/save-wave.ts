import type { Ctx, Tx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { MigrationDraft } from "@/lib/contracts/migration";
import type { WaveInput, WaveMemberInput, WaveView } from "@/lib/contracts/wave";
import { AppError } from "@/lib/diagnosis/app-error";
import { removeDraft } from "@/lib/services/draft/delete-draft";
import { draftColumns } from "@/lib/services/draft/draft-columns";
import { insertDraft } from "@/lib/services/draft/insert-draft";
import { isSandboxDraft } from "@/lib/services/draft/is-sandbox-draft";
import { loadWave, lockWave } from "@/lib/store/wave-rows";
import { assertFollows } from "./after-wave";
import { getWave } from "./get-wave";

/**
 * Makes a wave, or writes one anew that has not begun: its members are drafts, made from the common form; those that are not
 * named any more are thrown away. Throws `not_found`, `conflict`/`wave_has_begun`, and `validation` for two members that are the
 * same database or would be, and for a wave that is to follow itself or one that follows it.
 */
export async function saveWave({
  ctx,
  input,
}: Use<{ waveId: string | null; wave: WaveInput }>): Promise<WaveView> {
  requireRole(ctx.actor, "operator");
  const { wave } = input;
  assertNoDoubles(wave);
  const waveId = await ctx.db.$transaction(async (tx) => {
    const id = input.waveId ?? ctx.newId();
    const { name, form, rules } = wave;
    await assertFollows(tx, id, rules);
    if (input.waveId === null) {
      const row = { id, name, form, rules, plans: {}, createdBy: ctx.actor.name, createdAt: ctx.now() };
      await tx.wave.create({ data: row });
    } else {
      await lockWave(tx, id);
      const before = await loadWave(tx, id);
      if (before.startedAt !== null) throw new AppError("conflict", "wave_has_begun");
      await tx.wave.updateMany({ where: { id }, data: { name, form, rules, plans: {} } });
    }
    await writeMembers(ctx, tx, id, wave);
    return id;
  });
  return getWave({ ctx, input: { waveId } });
}

async function writeMembers(ctx: Ctx, tx: Tx, waveId: string, { form, members }: WaveInput): Promise<void> {
  const there = await tx.migration.findMany({ where: { waveId }, select: { id: true, status: true } });
  const kept = new Set(members.flatMap(({ migrationId }) => migrationId ?? []));
  for (const { id } of there) if (!kept.has(id)) await removeDraft(tx, id);
  for (const [index, member] of members.entries()) {
    const draft = memberDraft(form, member);
    const wavePlace = index + 1;
    if (member.migrationId === null) {
      await insertDraft(ctx, tx, draft, { waveId, wavePlace });
      continue;
    }
    const columns = draftColumns(draft, await isSandboxDraft(tx, draft));
    const saved = await tx.migration.updateMany({
      where: { id: member.migrationId, waveId, status: "draft" },
      data: { ...columns, wavePlace, version: { increment: 1 } },
    });
    if (saved.count !== 1) throw new AppError("not_found", "migration_not_found");
  }
}

/** The draft of a member: the common form with its own database, name and folder. */
export function memberDraft(form: MigrationDraft, member: WaveMemberInput): MigrationDraft {
  const folder = form.prefix === "" || form.prefix.endsWith("/") ? form.prefix : `${form.prefix}/`;
  const target = member.targetDatabase.trim().toLowerCase();
  // Two instances may have a database of one name: their files must not lie in one folder.
  const elsewhere = member.instanceId !== null && member.instanceId !== form.instanceId;
  return MigrationDraft.parse({
    ...form,
    sourceConnectionId: member.sourceConnectionId ?? form.sourceConnectionId,
    sourceDatabase: member.sourceDatabase,
    sourceFolder: member.sourceFolder ?? form.sourceFolder,
    localFolder: member.localFolder ?? form.localFolder,
    instanceId: member.instanceId ?? form.instanceId,
    targetDatabase: member.targetDatabase,
    prefix: elsewhere ? `${folder}${member.instanceId}/${target}/` : `${folder}${target}/`,
    firstObjectKey: null,
    plan: { ...form.plan, databaseBytes: member.databaseBytes },
    step: "review",
  });
}

function assertNoDoubles({ form, members }: WaveInput): void {
  const seen = new Set<string>();
  const targets = new Set<string>();
  for (const { sourceConnectionId, sourceDatabase, instanceId, targetDatabase } of members) {
    const key = `${sourceConnectionId ?? form.sourceConnectionId ?? ""} ${sourceDatabase.toLowerCase()}`;
    if (seen.has(key)) throw new AppError("validation", "wave_member_twice", { database: sourceDatabase });
    seen.add(key);
    const name = targetDatabase.trim();
    const target = `${instanceId ?? form.instanceId ?? ""} ${name.toLowerCase()}`;
    if (name !== "" && targets.has(target))
      throw new AppError("validation", "wave_target_twice", { database: name });
    targets.add(target);
  }
}
