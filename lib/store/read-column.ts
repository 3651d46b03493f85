import type { z } from "zod";
import { type AppError, isAppError } from "@/lib/diagnosis/app-error";
import { storeError } from "./store-error";

type Column<R, Of> = { [C in keyof R]-?: R[C] extends Of ? C : never }[keyof R] & string;
/** A word, or null where the column may be empty. */
type WordOf<Cell, W> = null extends Cell ? W | null : W;

/** The row and column that can't be read, where that is what was thrown. */
export function unreadableIn(error: unknown): { table: string; id: string; column: string } | null {
  if (!isAppError(error) || error.fields.reason !== "stored_value_unreadable") return null;
  const { table, id, column } = error.fields.params;
  return { table: String(table), id: String(id), column: String(column) };
}

/**
 * Reads the columns of one row. `word` and `json` throw AppError `internal`/`stored_value_unreadable`, which names row and
 * column: what another version wrote must not be taken for something else. `shown` is for columns that no rule reads.
 */
export function columnsOf<R extends { id: string }>(table: string, row: R) {
  return {
    /** A text column as a word of its vocabulary. */
    word<const W extends string, C extends Column<R, string | null>>(
      column: C,
      words: readonly W[],
    ): WordOf<R[C], W> {
      const cell: unknown = row[column];
      const known = (value: unknown): value is WordOf<R[C], W> =>
        value === null || words.some((word) => word === value);
      if (!known(cell)) throw unreadable(table, row.id, column, `holds the unknown word “${String(cell)}”`);
      return cell;
    },
    /** A JSON column by its schema. */
    json<S extends z.ZodType>(column: keyof R & string, schema: S): z.output<S> {
      const parsed = schema.safeParse(row[column]);
      if (parsed.success) return parsed.data;
      const [issue] = parsed.error.issues;
      const where = issue ? `${issue.path.join(".")} ${issue.message}` : "";
      throw unreadable(table, row.id, column, `can't be read: ${where}`);
    },
    /** A JSON column that people look at and no rule reads: what can't be read is `otherwise`. */
    shown<S extends z.ZodType, O>(column: keyof R & string, schema: S, otherwise: O): z.output<S> | O {
      const parsed = schema.safeParse(row[column]);
      return parsed.success ? parsed.data : otherwise;
    },
  };
}

function unreadable(table: string, id: string, column: string, what: string): AppError {
  const message = `The store was written by another version: ${table} ${id}, column ${column}, ${what}.`;
  return storeError("internal", "stored_value_unreadable", { table, id, column }, message);
}
