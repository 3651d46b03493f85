import { AppError } from "@/lib/diagnosis/app-error";
import type { Checklist, ChecklistWish } from "@/lib/migration/checklist";
import { appendEvents } from "@/lib/store/append-events";
import { Prisma } from "@/lib/store/generated/client";
import type { ActionContext } from "./action-context";
import { assertOpen } from "./assert-open";

/** Keeps the lines that are given, in their order; those that stay keep their ticks where their text does. No lines: no list. */
export async function setChecklist(on: ActionContext, { strict, items }: ChecklistWish): Promise<void> {
  const { ctx, tx, row } = on;
  assertOpen(on, "set_checklist");
  const before = new Map(row.checklist?.items.map((item) => [item.id, item]));
  const checklist: Checklist = {
    strict,
    items: items.map(({ id, text, when }) => {
      const kept = id === null ? undefined : before.get(id);
      const same = kept?.text === text && kept.when === when;
      return { id: kept?.id ?? ctx.newId(), text, when, ticked: same ? kept.ticked : null };
    }),
  };
  const data = { checklist: items.length === 0 ? Prisma.DbNull : checklist };
  await tx.migration.update({ where: { id: row.id }, data });
  await appendEvents(tx, {
    migrationId: row.id,
    actor: ctx.actor.name,
    at: ctx.now(),
    events: [{ type: "checklist_set", payload: { count: items.length } }],
  });
}

/** Ticks a line, with name and time, or takes the tick back. Throws `not_found` for a line that is gone. */
export async function tickLine(on: ActionContext, { itemId, ticked }: { itemId: string; ticked: boolean }) {
  const { ctx, tx, row } = on;
  if (row.status === "draft") assertOpen(on, "tick");
  const line = row.checklist?.items.find(({ id }) => id === itemId);
  if (!row.checklist || !line) throw new AppError("not_found", "checklist_line_gone");
  if ((line.ticked !== null) === ticked) return;
  const tick = ticked ? { by: ctx.actor.name, at: ctx.now().toISOString() } : null;
  const items = row.checklist.items.map((item) => (item.id === itemId ? { ...item, ticked: tick } : item));
  await tx.migration.update({ where: { id: row.id }, data: { checklist: { ...row.checklist, items } } });
  await appendEvents(tx, {
    migrationId: row.id,
    actor: ctx.actor.name,
    at: ctx.now(),
    events: [{ type: "checklist_ticked", payload: { text: line.text, ticked } }],
  });
}
