import type { Migration } from "@/lib/store/generated/client";

type Facts = Pick<Migration, "rehearsal" | "onlineAt" | "droppedAt" | "rdsTaskId">;

/** A rehearsal's database that RDS opened, and that nobody has dropped by us. */
export function isDroppable({ rehearsal, onlineAt, droppedAt, rdsTaskId }: Facts): boolean {
  return rehearsal && onlineAt !== null && droppedAt === null && rdsTaskId !== null;
}
