import { z } from "zod";
import { BACKUP_KINDS } from "@/lib/backup/backup-kind";
import { readTextFile } from "@/lib/files/read-text-file";
import type { ForecastInput } from "@/lib/forecast/measured-round";
import { CHECK_MODES } from "@/lib/migration/vocabulary/check-mode";

export interface ForecastCase {
  id: string | number;
  input: ForecastInput;
}

const Seconds = z.number().nonnegative();
const Bytes = z.number().nonnegative();

/** UTC, or with an offset. */
const Instant = z.iso.datetime({ offset: true });

const Round = z.object({
  type: z.enum(BACKUP_KINDS),
  bytes: Bytes,
  startedAt: Instant,
  backupSeconds: Seconds,
  uploadSeconds: Seconds,
  importSeconds: Seconds,
});

const Case = z
  .object({
    id: z.union([z.string(), z.number()]),
    now: Instant,
    checkMode: z.enum(CHECK_MODES),
    limitBytes: z.number().positive(),
    rounds: z.array(Round),
    gapSeconds: Seconds,
    gapBytes: Bytes.nullable(),
    rehearsal: z.object({ openSeconds: Seconds, stopWritesSeconds: Seconds }).nullable(),
  })
  .superRefine(({ rounds, now }, context) => {
    const refuse = (index: number, field: string, message: string) =>
      context.addIssue({ code: "custom", path: ["rounds", index, field], message });
    rounds.forEach((round, index) => {
      const before = rounds[index - 1];
      if (index === 0 && round.type !== "full") refuse(index, "type", "the first round must be a full");
      if (before && Date.parse(round.startedAt) < Date.parse(before.startedAt))
        refuse(index, "startedAt", "before the round before it: rounds stand in order");
      if (Date.parse(round.startedAt) > Date.parse(now)) refuse(index, "startedAt", "later than now");
    });
  });

/**
 * Reads `[{ id, now, checkMode, limitBytes, rounds, gapSeconds, gapBytes, rehearsal }]`, instants in UTC or with an offset. Throws an Error
 * that names the case and the field when anything is missing or not what it should be.
 */
export async function readForecastCases(path: string): Promise<ForecastCase[]> {
  const text = await readTextFile(path);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(`${path}: not JSON`);
  }
  if (!Array.isArray(json)) throw new Error(`${path}: expected an array of cases`);
  return json.map((entry: unknown, index) => readCase(entry, `${path}: case ${index + 1}`));
}

function readCase(entry: unknown, where: string): ForecastCase {
  const parsed = Case.safeParse(entry);
  if (!parsed.success) {
    const named = z.object({ id: Case.shape.id }).safeParse(entry);
    const name = named.success ? ` (${named.data.id})` : "";
    const wrong = parsed.error.issues.map(({ path, message }) => `${fieldOf(path)}: ${message}`);
    throw new Error(`${where}${name}: ${wrong.join("; ")}`);
  }
  const { id, now, rounds, ...rest } = parsed.data;
  return {
    id,
    input: {
      ...rest,
      nowMs: Date.parse(now),
      rounds: rounds.map(({ startedAt, ...round }) => ({ ...round, startedAtMs: Date.parse(startedAt) })),
    },
  };
}

/** `rounds[2].bytes`. */
function fieldOf(path: readonly PropertyKey[]): string {
  const joined = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return joined.replace(/^\./, "") || "the case itself";
}
