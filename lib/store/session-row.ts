import { z } from "zod";
import { Scope } from "@/lib/contracts/scope";
import { Role } from "@/lib/contracts/system";
import type { Prisma } from "./generated/client";

type RawDb = Pick<Prisma.TransactionClient, "$queryRaw">;

/** A session with what is asked of its person: what every request of somebody who is signed in reads. */
export type SessionRow = z.infer<typeof Row>;

const Row = z.object({
  id: z.string(),
  createdAt: z.date(),
  seenAt: z.date(),
  identityId: z.string().nullable(),
  personId: z.string(),
  name: z.string(),
  role: Role,
  disabledAt: z.date().nullable(),
  scope: Scope.nullable(),
});

/** By the SHA-256 of its token; null: there is none. One statement with one narrow row: each page and each call waits for it. */
export async function readSession(db: RawDb, tokenHash: string): Promise<SessionRow | null> {
  const rows: unknown[] = await db.$queryRaw`
    SELECT s."id", s."createdAt", s."seenAt", s."identityId", p."id" AS "personId", p."name", p."role", p."disabledAt", p."scope"
    FROM "Session" s JOIN "Person" p ON p."id" = s."personId" WHERE s."tokenHash" = ${tokenHash}`;
  const [row] = rows;
  return row === undefined ? null : Row.parse(row);
}
