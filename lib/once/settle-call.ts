import type { Tx } from "@/lib/context/context";
import type { Resolution } from "@/lib/migration/vocabulary/resolution";
import type { OnceCall, Prisma, PrismaClient } from "@/lib/store/generated/client";

type Db = Pick<PrismaClient, "onceCall"> | Pick<Tx, "onceCall">;

interface Acceptance {
  by: "answer" | "look";
  reference: string | null;
  requestId: string | null;
  now: Date;
}

/**
 * Records that the call had its effect. An answer outweighs a look: it counts also when somebody has meanwhile looked in vain,
 * so that nothing that RDS took is missing from the record.
 */
export async function settleAccepted(db: Db, callId: string, acceptance: Acceptance): Promise<OnceCall> {
  const { by, reference, requestId, now } = acceptance;
  await db.onceCall.updateMany({
    where: {
      id: callId,
      ...(by === "answer" ? { outcome: { in: ["intended", "unknown", "absent"] } } : { settledAt: null }),
    },
    data: { outcome: "accepted", settledBy: by, reference, requestId, settledAt: now },
  });
  return db.onceCall.findUniqueOrThrow({ where: { id: callId } });
}

/** Records that the call did not happen; what has been settled meanwhile stays. */
export async function settleUnhappened(
  db: Db,
  callId: string,
  data: Prisma.OnceCallUpdateManyMutationInput & { outcome: "refused" | "absent" },
): Promise<void> {
  await db.onceCall.updateMany({ where: { id: callId, settledAt: null }, data });
}

/** What a person saw where looking could not tell. `look_again`: it happened, and its traces are still to be read. */
export async function resolveCall(
  tx: Pick<Tx, "onceCall">,
  resolution: {
    stepId: string;
    verdict: Resolution | "look_again";
    reference: string | null;
    now: Date;
  },
): Promise<void> {
  const { stepId, verdict, reference, now } = resolution;
  const person = { settledBy: "person", settledAt: now };
  await tx.onceCall.updateMany({
    where: { stepId, settledAt: null },
    data:
      verdict === "look_again"
        ? { outcome: "intended", lookingSince: null }
        : verdict === "happened"
          ? { outcome: "accepted", reference, ...person }
          : { outcome: "absent", ...person },
  });
}

/**
 * A migration that is given up asks nobody any more about calls that only a person could have settled. Those that looking can
 * settle stay open: whoever comes to the same subject next looks first.
 */
export async function giveUpUnknownCalls(
  tx: Pick<Tx, "onceCall">,
  input: { migrationId: string; now: Date },
): Promise<void> {
  await tx.onceCall.updateMany({
    where: { migrationId: input.migrationId, outcome: "unknown", settledAt: null },
    data: { settledBy: "person", settledAt: input.now },
  });
}
