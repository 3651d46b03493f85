import type { ProbeId } from "@/lib/diagnosis/probe-ids";
import { probeOfCloud } from "./probe-of-cloud";
import { probeOfRights } from "./probe-of-rights";
import { probeOfSource } from "./probe-of-source";

/** What the preflight looks at: `<id>.title`, what was found by verdict, and the remedy. */
export const probe = {
  ...probeOfSource,
  ...probeOfRights,
  ...probeOfCloud,
  unknown: "This could not be checked.",
} as const satisfies Record<`${ProbeId}.${"title" | "pass" | "block" | "remedy"}`, string> &
  Record<string, string>;
