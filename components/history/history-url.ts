import { HISTORY_KINDS, HISTORY_SORTS, type HistoryKind, type HistoryQuery } from "@/lib/contracts/history";

/** What stands in the address beside the kind, in its order. */
export const HISTORY_FIELDS = [
  ...[
    "q",
    "account",
    "instance",
    "database",
    "status",
    "method",
    "file",
    "lsn",
    "person",
    "from",
    "to",
    "zone",
  ],
  ...["sort", "order", "after"],
] as const satisfies readonly (keyof HistoryQuery)[];

export interface HistoryUrl {
  kind: HistoryKind;
  query: HistoryQuery;
}

/** What the page shows, from its address. What is not set is empty; words that are not known are left to the server. */
export function readHistoryUrl(params: URLSearchParams): HistoryUrl {
  const kind = HISTORY_KINDS.find((known) => known === params.get("kind")) ?? "tasks";
  const given = HISTORY_FIELDS.flatMap((field) => {
    const value = params.get(field)?.trim() ?? "";
    return value === "" ? [] : [[field, value]];
  });
  const query: HistoryQuery = Object.fromEntries(given);
  if (query.sort !== undefined && !HISTORY_SORTS.some((known) => known === query.sort)) delete query.sort;
  return { kind, query };
}

/** The same as a query string. */
export function writeHistoryUrl({ kind, query }: HistoryUrl): string {
  const params = new URLSearchParams();
  if (kind !== "tasks") params.set("kind", kind);
  for (const field of HISTORY_FIELDS) {
    const value = query[field] ?? "";
    if (value !== "") params.set(field, value);
  }
  return params.toString();
}
