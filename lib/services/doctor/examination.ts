import { type Difference, type ObservedAnswer, shapeOf } from "@/lib/diagnosis/answer-assumption";
import { type ExternalSystem, isExternalError } from "@/lib/diagnosis/external-error";
import { OSS_CODES } from "@/lib/diagnosis/oss-errors";
import { isPaymentCode, RDS_CODES } from "@/lib/diagnosis/rds-errors";
import type { Redactor } from "@/lib/diagnosis/redactor";
import { SQL_SERVER_CODES } from "@/lib/diagnosis/sql-server-errors";

/** One question to a service and what came of it; all its texts are redacted. */
export interface ExaminedCall {
  system: ExternalSystem;
  /** What was asked: a method of the adapter, or what is not there on purpose (`getInstance, of none`). */
  asked: string;
  /** What it was asked about, as a placeholder; null: nothing in particular. */
  about: string | null;
  outcome: "answered" | "refused";
  /** Of a refusal: the service's own code and words. */
  code: string | null;
  message: string | null;
  elapsedMs: number;
  differences: Difference[];
  /** Fields and types of each answer, by the call of the API or the statement. */
  shapes: Record<string, Record<string, string>>;
}

interface Question<T> {
  system: ExternalSystem;
  asked: string;
  about?: string | null;
  ask: () => Promise<T>;
  /** Codes with which the service may answer as well: what is asked for is not there, or not in its edition. */
  mayRefuse?: readonly string[];
  /** Differences in what the adapter made of the answer. */
  judge?: (answer: T) => Difference[];
}

export interface Observed {
  /** Where the adapters put what services answer, as it comes. */
  answers: readonly ObservedAnswer[];
  /** Where an answer differs from what the code assumes: the adapters' tables. */
  judge: (answer: ObservedAnswer) => Promise<Difference[]>;
}

/** Asks one question after the other, and compares each answer with what the code assumes of it. */
export class Examination {
  readonly calls: ExaminedCall[] = [];

  constructor(
    private readonly observed: Observed,
    readonly redactor: Redactor,
    private readonly now: () => Date,
  ) {}

  /** The answer; null when it was refused. Throws what is no refusal of a service. */
  async ask<T>(question: Question<T>): Promise<T | null> {
    const { system, asked, about = null, mayRefuse = [], judge } = question;
    const before = this.observed.answers.length;
    const begunMs = this.now().getTime();
    let answer: T | null = null;
    let refusal: { code: string; message: string } | null = null;
    try {
      answer = await question.ask();
    } catch (error) {
      if (!isExternalError(error)) throw error;
      const { providerCode, kind, providerMessage } = error.fields;
      refusal = { code: providerCode ?? kind, message: providerMessage };
    }
    const isExpected = refusal !== null && mayRefuse.includes(refusal.code);
    const own = this.observed.answers.slice(before);
    const differences: Difference[] = answer !== null && judge ? judge(answer) : [];
    for (const one of own) {
      const found = await this.observed.judge(one);
      differences.push(
        ...found.map((difference) => ({ ...difference, at: `${one.call}: ${difference.at}` })),
      );
    }
    if (refusal !== null && !isExpected && !isKnownCode(system, refusal.code))
      differences.push({ kind: "unknown_code", at: asked, found: refusal.code });
    this.calls.push({
      system,
      asked,
      about,
      outcome: refusal === null || isExpected ? "answered" : "refused",
      code: refusal && this.redactor.text(refusal.code),
      message: refusal && this.redactor.text(refusal.message),
      elapsedMs: this.now().getTime() - begunMs,
      differences: differences.map((difference) => ({
        ...difference,
        found: difference.found && this.redactor.text(difference.found.slice(0, LONGEST_WORD)),
      })),
      shapes: Object.fromEntries(own.map(({ call, body }) => [call, shapeOf(body)])),
    });
    return answer;
  }
}

/** A word longer than that is a sentence, and may say anything. */
const LONGEST_WORD = 60;

function isKnownCode(system: ExternalSystem, code: string): boolean {
  switch (system) {
    case "rds":
      return RDS_CODES.has(code) || isPaymentCode(code);
    case "oss":
      return OSS_CODES.has(code);
    case "sql_server":
      return SQL_SERVER_CODES.has(code);
  }
}
