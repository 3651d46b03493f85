import type { BindingSealer } from "@/lib/auth/sealer";
import { secretRow } from "@/lib/services/connection/secret-row";
import type { PrismaClient } from "@/lib/store/generated/client";

/**
 * Seals what earlier releases sealed anew, bound to its row. One that does not open with this key stays: its connection says
 * so when it is used, as before.
 */
export async function bindSecrets(db: PrismaClient, sealer: BindingSealer): Promise<void> {
  const rows = await db.connection.findMany({
    where: { secretSealed: { startsWith: "v1." } },
    select: { id: true, secretSealed: true },
  });
  for (const { id, secretSealed } of rows) {
    const bound = bindOrNull(sealer, secretSealed, secretRow(id));
    // Only what was read: somebody may have saved another meanwhile.
    if (bound !== null)
      await db.connection.updateMany({ where: { id, secretSealed }, data: { secretSealed: bound } });
  }
}

function bindOrNull(sealer: BindingSealer, sealed: string, row: string): string | null {
  try {
    return sealer.bind(sealed, row);
  } catch {
    return null;
  }
}
