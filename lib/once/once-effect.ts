import type { Clients, Tx } from "@/lib/context/context";
import type { FailureFields } from "@/lib/diagnosis/failure-of";
import type { OnceKind } from "@/lib/migration/vocabulary/once-kind";
import type { OnceCall, PrismaClient } from "@/lib/store/generated/client";

/** What an effect works with. */
export interface OnceWorld {
  db: PrismaClient;
  clients: Pick<Clients, "rds" | "source">;
  /** The caller's: whoever intended a call that is looked for may have used another key of the same account. */
  connectionId: string;
}

/** What the other side shows of a call. An error thrown by a look means that it can't be told now. */
export type Look =
  | { state: "found"; reference: string | null }
  /** Not there (yet): a proof only after the grace time. */
  | { state: "absent" }
  /** At work on it, or on something that can't be told from it. */
  | { state: "under_way" }
  /** Looking will never tell: a person decides. */
  | { state: "unclear"; failure: FailureFields };

/** How the effect of a call that may have happened is found again. */
export interface OnceLooks {
  kind: OnceKind;
  /**
   * Milliseconds for which the other side must go on showing nothing before a call counts as absent. 0 only where
   * repeating the same call cannot have a second effect.
   */
  graceMs(lookGraceMs: number): number;
  /** Whether a call without an answer had its effect. */
  look(world: OnceWorld, call: OnceCall): Promise<Look>;
  /**
   * Whether what an accepted call brought about still stands, so that asking for it again would be asking twice. `absent`:
   * it came to nothing.
   */
  stands(world: OnceWorld, call: OnceCall): Promise<Look>;
}

export interface CallHooks {
  signal?: AbortSignal;
  onPercent?: (percent: number) => void;
}

/** Something that must not happen twice. */
export interface OnceEffect<Request> extends OnceLooks {
  /** Rules that count calls, asked in the transaction that writes the intent. A failure: not now. */
  admit?(tx: Tx, request: Request, now: Date): Promise<FailureFields | null>;
  /** The call itself, made at most once. Throws ExternalError; `mayHaveHappened` says whether it must be looked for. */
  call(
    world: OnceWorld,
    request: Request,
    hooks: CallHooks,
  ): Promise<{ reference: string | null; requestId: string | null }>;
}

/** Which call it is and for whom: the columns of its row. */
export interface OnceTarget {
  subject: string;
  item: string;
  connectionId: string;
  instanceId: string | null;
  databaseName: string;
  migrationId: string | null;
  stepId: string | null;
  fileId: string | null;
}

/** A database on an RDS instance: imports into it and its opening stand in one lane. */
export function targetSubject(instanceId: string, databaseName: string): string {
  return `target ${instanceId}/${databaseName.toLowerCase()}`;
}

/** A database on a source server. */
export function sourceSubject(connectionId: string, databaseName: string): string {
  return `source ${connectionId}/${databaseName.toLowerCase()}`;
}
