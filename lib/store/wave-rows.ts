import { MigrationDraft } from "@/lib/contracts/migration";
import { AppError } from "@/lib/diagnosis/app-error";
import { WaveCutover, WavePlans, WaveRules, WaveSpaces } from "@/lib/wave/wave-rules";
import type { Prisma, Wave } from "./generated/client";
import { columnsOf } from "./read-column";

const NO_PLANS: WavePlans = {};
const NO_SPACES: WaveSpaces = {};
const someCutover = WaveCutover.nullable();

/** A wave as the product works with it. Throws AppError `internal`/`stored_value_unreadable` for what another version wrote. */
export type WaveRow = ReturnType<typeof readWave>;

export function readWave(row: Wave) {
  const { json, shown } = columnsOf("Wave", row);
  return {
    ...row,
    form: json("form", MigrationDraft),
    rules: json("rules", WaveRules),
    cutover: json("cutover", someCutover),
    // What can't be read is asked again.
    spaces: shown("spaces", WaveSpaces, NO_SPACES),
    plans: shown("plans", WavePlans, NO_PLANS),
  };
}

/** Throws `not_found`/`wave_not_found`. */
export async function loadWave(db: Pick<Prisma.TransactionClient, "wave">, waveId: string): Promise<WaveRow> {
  const row = await db.wave.findUnique({ where: { id: waveId } });
  if (!row) throw new AppError("not_found", "wave_not_found");
  return readWave(row);
}

/** Takes the wave's row until the end of the transaction. Who takes migrations' rows as well takes this one first. */
export async function lockWave(tx: Prisma.TransactionClient, waveId: string): Promise<void> {
  await tx.$queryRaw`SELECT "id" FROM "Wave" WHERE "id" = ${waveId} FOR UPDATE`;
}
