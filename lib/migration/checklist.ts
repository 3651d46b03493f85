import { z } from "zod";

/** Before writes are stopped, or after the database is open. Texts are `readiness.when.<when>`. */
export const CHECK_TIMES = ["before", "after"] as const;

const line = { text: z.string().trim().min(1).max(300), when: z.enum(CHECK_TIMES) };

/** Lines of a checklist as a person sets them. `id` null: a new one; a line that keeps its id keeps its tick. */
export const ChecklistWish = z.strictObject({
  /** A line that is not ticked before the cutover forbids it; else who cuts over accepts it. */
  strict: z.boolean(),
  items: z.array(z.strictObject({ id: z.string().nullable(), ...line })).max(100),
});
export type ChecklistWish = z.infer<typeof ChecklistWish>;

/** Connection strings, applications and whatever else people do around a cutover; as the migration's row keeps it. */
export const Checklist = z.object({
  strict: z.boolean(),
  items: z.array(
    z.object({
      id: z.string(),
      ...line,
      ticked: z.object({ by: z.string(), at: z.iso.datetime() }).nullable(),
    }),
  ),
});
export type Checklist = z.infer<typeof Checklist>;

/** How many lines of that time are not ticked. */
export function untickedCount({ items }: Checklist, when: (typeof CHECK_TIMES)[number]): number {
  return items.filter((item) => item.when === when && item.ticked === null).length;
}

/** After a cutover that was taken back applications run again: what was ticked before it is to be done anew. */
export function untickedAgain(checklist: Checklist): Checklist {
  const items = checklist.items.map((item) => (item.when === "before" ? { ...item, ticked: null } : item));
  return { ...checklist, items };
}
