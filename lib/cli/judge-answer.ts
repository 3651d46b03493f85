import type { Difference, ObservedAnswer } from "@/lib/diagnosis/answer-assumption";
import { judgeOssAnswer } from "@/lib/oss/oss-assumptions";
import { judgeRdsAnswer } from "@/lib/rds/rds-assumptions";
import { judgeSourceAnswer } from "@/lib/sqlserver/source-assumptions";

/** Where an answer differs from what the adapter of its system assumes of it. */
export async function judgeAnswer({ system, call, body }: ObservedAnswer): Promise<Difference[]> {
  switch (system) {
    case "rds":
      return judgeRdsAnswer(call, body);
    case "oss":
      return judgeOssAnswer(call, body);
    case "sql_server":
      return judgeSourceAnswer(call, body);
  }
}
