import type { Prisma } from "./generated/client";

/** Of a migration, what changes with everything that a live page of it shows. */
export interface PulseRow {
  version: number;
  nextSeq: number;
  /** Of the steps under way that have a gauge, by id: a JSON array of `[step's id, gauge]`. Empty: none has. */
  gauges: string;
}

/**
 * Of those of the migrations that are there. One statement with one row, since it is asked several times a second: hundreds of ids are one
 * text (each by itself is looked at thrice on its way through Prisma), and so are hundreds of rows. The gauges come by the index
 * `MigrationStep_underWay_idx`.
 */
export async function readPulseRows(
  db: Pick<Prisma.TransactionClient, "$queryRaw">,
  migrationIds: readonly string[],
): Promise<ReadonlyMap<string, PulseRow>> {
  const rows = await db.$queryRaw<{ pulses: string }[]>`
    SELECT coalesce(json_agg(json_build_array(m."id", m."version", m."nextSeq", coalesce((
      SELECT json_agg(json_build_array(s."id", s."progress") ORDER BY s."id")::text FROM "MigrationStep" s
      WHERE s."migrationId" = m."id" AND s."startedAt" IS NOT NULL AND s."finishedAt" IS NULL AND s."progress" IS NOT NULL
    ), ''))), '[]')::text AS "pulses" FROM "Migration" m WHERE m."id" = ANY(ARRAY(
      SELECT json_array_elements_text(${JSON.stringify(migrationIds)}::json)
    ))`;
  const pulses = JSON.parse(rows[0]?.pulses ?? "[]") as [string, number, number, string][];
  return new Map(pulses.map(([id, version, nextSeq, gauges]) => [id, { version, nextSeq, gauges }]));
}
