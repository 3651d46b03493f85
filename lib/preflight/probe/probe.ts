import { withDeadline } from "@/lib/context/deadline";
import type { ProbeView } from "@/lib/contracts/migration";
import { failureOf } from "@/lib/diagnosis/failure-of";
import { groupOfProbe, type ProbeId } from "@/lib/diagnosis/probe-ids";
import type { ProbeVerdict } from "@/lib/migration/vocabulary/probe-verdict";

/** What a probe found: its verdict, the values of its text, and the answer as evidence. */
export interface Finding {
  /** `unknown` without a failure: asked, and the answer does not tell (text `probe.<id>.unknown`). Never blocks. */
  verdict: ProbeVerdict;
  params: Record<string, string | number>;
  answer: string;
  /** What must stay the same for the answer to count as the same; default: the answer. For numbers that always move. */
  gist?: string;
  /** T-SQL (names quoted by `quoteIdentifier`) or a policy that mends it, complete, to copy; null: no script can carry a name in it. */
  script?: string | null;
  /** https address of the console's page where it is mended. */
  link?: string;
}

export interface Probe<Id extends ProbeId = ProbeId> {
  id: Id;
  /** What was asked, technically, as evidence: `DescribeResourceUsage rm-1`. */
  asked: string;
  /** Of the question, known without an answer. */
  params: Record<string, string | number>;
  look(): Promise<Finding>;
  /** Verdict when nobody answers: `block` for the probe that is about reaching. Default `unknown`. */
  whenUnreachable?: Extract<ProbeVerdict, "block" | "unknown">;
  /** What the provider would say later, in its own words and with its number or code; not translated. */
  prevents?: string;
  /** One light question: asked again at most once a minute while the migration runs. Default no. */
  cheap?: boolean;
  /** Minutes after which its answer is old. Default `FRESH_MINUTES`. */
  freshMinutes?: number;
}

/** Most facts of the outside hold this long; the import asks again what is older. */
export const FRESH_MINUTES = 10;

/** Asks once, within the limit. Never throws but for a bug. */
export async function runProbe(probe: Probe, now: () => Date, timeoutMs: number): Promise<ProbeView> {
  const base = {
    id: probe.id,
    group: groupOfProbe(probe.id),
    asked: probe.asked,
    cheap: probe.cheap ?? false,
    freshMinutes: probe.freshMinutes ?? FRESH_MINUTES,
    prevents: probe.prevents ?? null,
    accepted: null,
  };
  try {
    const { script, link, gist, ...finding } = await withDeadline(probe.look(), timeoutMs);
    return {
      ...base,
      ...finding,
      params: { ...probe.params, ...finding.params },
      at: now().toISOString(),
      failure: null,
      gist: gist ?? finding.answer,
      script: script ?? null,
      link: link ?? null,
    };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.reason === "internal") throw error;
    return {
      ...base,
      verdict: probe.whenUnreachable ?? "unknown",
      params: probe.params,
      answer: failure.providerMessage ?? "",
      at: now().toISOString(),
      failure,
      gist: failure.reason,
      script: null,
      link: null,
    };
  }
}
