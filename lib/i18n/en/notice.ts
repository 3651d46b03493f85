import type { Notice } from "@/lib/migration/vocabulary/notice";

/** What is sent to channels, one sentence each. */
export const notice = {
  ready: "{database} → {instance}: ready to cut over",
  budget: "{database} → {instance}: few imports are left today",
  behind: "{database} → {instance}: behind its plan",
  needs_you: "{database} → {instance}: needs somebody’s decision",
  drift: "{database} → {instance}: somebody else changed the source or the target",
  failed: "{database} → {instance}: a step failed",
  taken_back: "{database} → {instance}: the cutover was taken back; the source takes writes again",
  online: "{database} → {instance}: the database is online",
  verdict: "{database} → {instance}: the consistency check has ended",
  forgotten:
    "{database} → {instance}: RDS soon forgets a task that was made in the console and has not ended or shown its files",
  try: "Chainferry: this is a try of the channel",
} as const satisfies Record<Notice | "try", string>;
