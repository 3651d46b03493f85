import type { ExternalSystem } from "./external-error";

/** An answer as a service gave it, before anything of it is left out. */
export interface ObservedAnswer {
  system: ExternalSystem;
  /** The service's name of the call (`DescribeMigrateTasks`), the SDK's (`listV2`), or the statement's (`list-backups`). */
  call: string;
  /** Nested objects and lists; of rows a list. */
  body: unknown;
}

export type AnswerObserver = (answer: ObservedAnswer) => void;

/**
 * What the code takes for granted of one call's answer. Fields are paths through objects and lists alike:
 * `Items.DBInstance.DBInstanceId` is that field of each instance.
 */
export interface AnswerAssumption {
  /** Without these we can do nothing with it; looked for in each object that could have them. */
  needs: readonly string[];
  /** Fields that may be there besides. `Items.Tag.*`: whatever is below `Items.Tag`; `*`: whatever comes. */
  knows: readonly string[];
  /** Fields with a finite number of words, whatever their letter case. */
  words?: Readonly<Record<string, readonly string[]>>;
}

export const DIFFERENCE_KINDS = [
  "missing_field",
  "unknown_field",
  "unknown_word",
  "unknown_code",
  "unknown_header",
  "unknown_call",
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** Something that is not as we assume. */
export interface Difference {
  kind: DifferenceKind;
  /** The field's path, or what else it is about. */
  at: string;
  /** The word or code that came; null where there is none to tell. */
  found: string | null;
}

/** Where an answer differs from what is assumed of it: each kind of difference once a field and word. */
export function compareAnswer(body: unknown, assumed: AnswerAssumption): Difference[] {
  const found = new Map<string, Difference>();
  const add = (difference: Difference): void => {
    found.set(`${difference.kind} ${difference.at} ${difference.found}`, difference);
  };
  const { needs, words = {} } = assumed;
  const isKnown = knownPaths(assumed);
  walk(body, "", (value, path) => {
    if (isObject(value)) {
      for (const need of needs) {
        const field = fieldOf(need, path);
        if (field !== null && isMissing(value[field])) add({ kind: "missing_field", at: need, found: null });
      }
    }
    if (path !== "" && !isKnown(path)) add({ kind: "unknown_field", at: path, found: null });
    const known = words[path];
    if (known === undefined || isObject(value) || isMissing(value)) return;
    const word = String(value);
    if (!known.some((one) => one.toLowerCase() === word.toLowerCase()))
      add({ kind: "unknown_word", at: path, found: word });
  });
  return [...found.values()];
}

/** Which fields an answer has, and of which JSON types: `{"Items.DBInstance.LockMode": "string"}`. No value is in it. */
export function shapeOf(body: unknown): Record<string, string> {
  const types = new Map<string, Set<string>>();
  walk(body, "", (value, path) => {
    if (path === "" || isObject(value)) return;
    const known = types.get(path) ?? new Set();
    types.set(path, known.add(value === null ? "null" : typeof value));
  });
  return Object.fromEntries([...types].map(([path, names]) => [path, [...names].sort().join(" or ")]));
}

/** Lists are passed through: their members stand where they stand. */
function walk(value: unknown, path: string, visit: (value: unknown, path: string) => void): void {
  if (Array.isArray(value)) {
    for (const member of value) walk(member, path, visit);
    return;
  }
  visit(value, path);
  if (!isObject(value)) return;
  for (const [key, below] of Object.entries(value)) walk(below, path === "" ? key : `${path}.${key}`, visit);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

/** The field's own name when `path` is what it is a field of. */
function fieldOf(need: string, path: string): string | null {
  const cut = need.lastIndexOf(".");
  return need.slice(0, Math.max(0, cut)) === path ? need.slice(cut + 1) : null;
}

function knownPaths({ needs, knows, words = {} }: AnswerAssumption): (path: string) => boolean {
  const exact = new Set<string>();
  const below: string[] = [];
  for (const path of [...needs, ...knows, ...Object.keys(words)]) {
    if (path === "*") return () => true;
    if (path.endsWith(".*")) below.push(path.slice(0, -1));
    const parts = path.replace(/\.\*$/, "").split(".");
    for (let length = 1; length <= parts.length; length += 1) exact.add(parts.slice(0, length).join("."));
  }
  return (path) => exact.has(path) || below.some((start) => path.startsWith(start));
}
