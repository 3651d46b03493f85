import { createHash } from "node:crypto";

/** What a hash is made of: a fact of a record as it is kept. */
export interface ChainedEvent {
  migrationId: string;
  seq: number;
  type: string;
  payload: unknown;
  actor: string;
  /** ISO 8601 in UTC, with milliseconds. */
  at: string;
}

/**
 * SHA-256, in hex, of a fact together with the hash of the fact before it (the empty text before the first): whoever
 * changes, removes or inserts a fact must make all hashes after it anew, and so the last one, the head, which a report
 * prints. The fact is written as JSON with sorted keys, so that it does not matter how a database keeps JSON.
 */
export function chainHash(before: string, event: ChainedEvent): string {
  const { migrationId, seq, type, payload, actor, at } = event;
  const text = canonicalJson({ migrationId, seq, type, payload, actor, at });
  return createHash("sha256").update(before).update("\n").update(text).digest("hex");
}

/** A fact as it was found, with the hash that it carries; null where it was written before there were hashes. */
export type FoundEvent = Omit<ChainedEvent, "migrationId"> & { hash: string | null };

/** `removed`: facts are missing before this one. `edited`: it does not agree with its hash. */
export interface ChainBreak {
  kind: "removed" | "edited";
  seq: number;
}

/** Where the facts of a migration, in their order and counted from 1, are not as they were written; none: nowhere. */
export function chainBreaks(migrationId: string, events: readonly FoundEvent[]): ChainBreak[] {
  const breaks: ChainBreak[] = [];
  let before = "";
  let expected = 1;
  let isChained = false;
  for (const { hash, ...event } of events) {
    const { seq } = event;
    if (seq !== expected) breaks.push({ kind: "removed", seq });
    // Once there are hashes every fact has one.
    isChained ||= hash !== null;
    // After a gap the first fact cannot agree; that it is missing was said.
    if (isChained && seq === expected && chainHash(before, { migrationId, ...event }) !== hash)
      breaks.push({ kind: "edited", seq });
    before = hash ?? "";
    expected = seq + 1;
  }
  return breaks;
}

/** SHA-256, in hex, of any JSON, whatever the order of its keys. */
export function digestOf(value: object): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}

/** JSON with the keys of every object in order of their code units, and nothing between tokens (as RFC 8785 has it). */
function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  entries.sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join(",")}}`;
}
