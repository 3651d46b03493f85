import type { Ctx } from "@/lib/context/context";
import { Prisma } from "@/lib/store/generated/client";
import { among, findFew, holds, words } from "./sql-parts";

/** Of the migration whose id stands in `column`: the name of one of its files holds a part. */
export async function migrationsWithFile(ctx: Ctx, column: Prisma.Sql, part: string): Promise<Prisma.Sql> {
  const said = words([Prisma.sql`f."name"`]);
  const few = await findFew(ctx.db, {
    table: Prisma.sql`"BackupFile" f`,
    key: Prisma.sql`f."migrationId"`,
    said,
    part,
  });
  if (few !== null) return among(column, few);
  // OFFSET keeps PostgreSQL from hashing all files for a page of fifty.
  return Prisma.sql`EXISTS (
    SELECT 1 FROM "BackupFile" f WHERE f."migrationId" = ${column} AND ${holds(said, part)} OFFSET 0)`;
}
