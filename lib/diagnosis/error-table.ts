import type { ExternalErrorKind } from "./external-error";

/**
 * What a provider can answer: by reason (texts `error.<reason>` and `error.<reason>.do`) the codes that mean it, by what
 * kind of failure they are. `any`: codes of no kind of their own, where the HTTP status or the driver tells. A reason
 * without codes is found by other means.
 */
export type ErrorTable = Readonly<
  Record<string, Readonly<Partial<Record<ExternalErrorKind | "any", readonly string[]>>>>
>;

export interface KnownError<Reason extends string> {
  reason: Reason;
  /** Null: the code does not tell. */
  kind: ExternalErrorKind | null;
}

/** Every code of a table, with what it means. */
export function indexErrors<Table extends ErrorTable>(
  table: Table,
): ReadonlyMap<string, KnownError<keyof Table & string>> {
  const index = new Map<string, KnownError<keyof Table & string>>();
  for (const reason of reasonsOf(table)) {
    for (const [kind, codes] of Object.entries(table[reason] ?? {})) {
      for (const code of codes ?? []) index.set(code, { reason, kind: isKind(kind) ? kind : null });
    }
  }
  return index;
}

/** The reasons of a table, in its order. */
export function reasonsOf<Table extends ErrorTable>(table: Table): (keyof Table & string)[] {
  return Object.keys(table) as (keyof Table & string)[];
}

function isKind(name: string): name is ExternalErrorKind {
  return name !== "any";
}
