import type { MigrationView } from "@/lib/contracts/migration";
import type { Translator } from "@/lib/i18n/translate";

export interface VerdictFacts {
  kind: string;
  /** LSNs as digits; null where the kind has none. */
  fromLsn: string | null;
  toLsn: string | null;
  /** Where the target stands: digits, `none` while it is empty, `unknown` where only an old event tells of it. */
  atLsn: string;
}

export interface VerdictText {
  /** A clause, to follow a colon. */
  what: string;
  /** Which backup is needed, a sentence. */
  needed: string;
  why: string;
  /** All three. */
  whole: string;
}

/** Kinds whose `fromLsn` is where the target stood. */
const FROM_THE_TARGET = new Set(["gap", "full-instead-of-log"]);

/** Why a file does not fit, in the reader's language. The server's own sentence is English and is not shown. */
export function verdictText(facts: VerdictFacts, { t, tx }: Pick<Translator, "t" | "tx">): VerdictText {
  const { kind } = facts;
  const params = {
    fromLsn: facts.fromLsn ?? "none",
    toLsn: facts.toLsn ?? "none",
    next: t("verdict.next", { atLsn: facts.atLsn }),
  };
  const what = tx(`verdict.what.${kind}`, params, t("verdict.what.other"));
  const needed = tx(`verdict.needed.${kind}`, params, t("verdict.needed.other", params));
  const why = tx(`verdict.why.${kind}`, params, t("verdict.why.other"));
  return { what, needed, why, whole: t("verdict.whole", { what, needed, why }) };
}

/** Facts of a refused file of a migration. */
export function fileVerdict(
  view: Pick<MigrationView, "chain">,
  file: Pick<MigrationView["files"][number], "verdict">,
): VerdictFacts {
  return {
    kind: file.verdict?.kind ?? "other",
    fromLsn: file.verdict?.fromLsn ?? null,
    toLsn: file.verdict?.toLsn ?? null,
    atLsn: view.chain.targetLsn ?? "none",
  };
}

/** Facts that an event carries: an LSN that the kind does not give is not known any more. */
export function eventVerdict(payload: Record<string, unknown>): VerdictFacts {
  const digits = (name: string) => {
    const value = payload[name];
    return typeof value === "string" && value !== "" ? value : null;
  };
  const kind = digits("kind") ?? "other";
  const fromLsn = digits("fromLsn");
  const standing = kind === "no-full" ? "none" : "unknown";
  return {
    kind,
    fromLsn,
    toLsn: digits("toLsn"),
    atLsn: FROM_THE_TARGET.has(kind) ? (fromLsn ?? standing) : standing,
  };
}
