import type { Lsn } from "@/lib/backup/lsn";
import type { ProblemKind } from "./problem-kind";
import type { ChainProblem } from "./verdict";

/**
 * A problem of one file, whose sentence is made when it is read: a pile has a hundred thousand of them, of which somebody
 * reads a few. Name `message` when you copy one, as what is made on reading is no field of its own.
 */
export class ToldProblem implements ChainProblem {
  declare readonly fromLsn?: Lsn;
  declare readonly toLsn?: Lsn;
  readonly #tell: () => string;

  constructor(
    readonly kind: ProblemKind,
    readonly file: string,
    tell: () => string,
    range?: { fromLsn: Lsn; toLsn: Lsn },
  ) {
    this.#tell = tell;
    if (range === undefined) return;
    this.fromLsn = range.fromLsn;
    this.toLsn = range.toLsn;
  }

  get message(): string {
    return this.#tell();
  }
}
