import type { z } from "zod";
import type { FieldReason } from "@/lib/diagnosis/failure-reasons";

/** Zod's issues as `invalidParams`: a dotted path and a text key. Never the value: it may be a secret. */
export function invalidParamsOf(error: z.ZodError): { path: string; reason: FieldReason }[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String).join(".");
    if (issue.code !== "unrecognized_keys") return [{ path, reason: fieldReason(issue) }];
    return issue.keys.map((key) => ({
      path: path === "" ? key : `${path}.${key}`,
      reason: "field_unknown" as const,
    }));
  });
}

type Issue = z.core.$ZodIssue;

function fieldReason(issue: Issue): FieldReason {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "field_required" : "field_wrong_type";
    case "too_small":
      return issue.origin === "string" && issue.minimum === 1 ? "field_required" : "field_too_small";
    case "too_big":
      return issue.origin === "string" ? "field_too_long" : "field_not_allowed_value";
    case "invalid_format":
      return "field_wrong_format";
    case "invalid_value":
    case "invalid_union":
    case "not_multiple_of":
      return "field_not_allowed_value";
    case "unrecognized_keys":
      return "field_unknown";
    case "invalid_key":
    case "invalid_element":
    case "custom":
      return "field_invalid";
  }
}
