import type { SharedMigrationView } from "@/lib/contracts/share";
import type { MessageKey, MessageParams } from "@/lib/i18n/message-key";
import type { NeedKey } from "@/lib/migration/vocabulary/need";

export interface WallAlarm {
  tone: "warning" | "danger";
  key: MessageKey;
  params: MessageParams;
}

type Alarming = Pick<SharedMigrationView, "custody" | "importsToday" | "needs" | "phase"> &
  Partial<Pick<SharedMigrationView, "alarms">> & { takenBack?: unknown };

/** Imports that a cutover needs. */
const RESERVE = 2;
/** What a person decides in peace; anything else that needs one is said loudly. */
const QUIET = ["cutover_ready", "take_backup", "finish_draft"] as const;
type LoudNeed = Exclude<NeedKey, (typeof QUIET)[number]>;
const isLoud = (key: NeedKey): key is LoudNeed => !QUIET.some((quiet) => quiet === key);
const GRAVE: ReadonlySet<NeedKey> = new Set([
  "step_failed",
  "target_lost",
  "check_failed",
  "deadline_passed",
  "source_closed",
]);

/** What somebody must know who only looks at the screen, the gravest first. */
export function wallAlarms({
  custody,
  importsToday: { used, limit },
  needs,
  phase,
  alarms = [],
  takenBack = null,
}: Alarming): WallAlarm[] {
  const found: WallAlarm[] = [];
  const add = (tone: WallAlarm["tone"], key: MessageKey, params: MessageParams = {}) =>
    found.push({ tone, key, params });
  if (needs && isLoud(needs.key)) add(GRAVE.has(needs.key) ? "danger" : "warning", `wall.needs.${needs.key}`);
  for (const { kind } of alarms) {
    // Its decision is what is needed, and said.
    if (needs?.key !== "drift" && needs?.key !== "target_lost") add("danger", `wall.drift.${kind}`);
  }
  const shut = custody?.standing === "stuck" || custody?.standing === "left";
  if (shut && needs?.key !== "source_closed") add("danger", "wall.needs.source_closed");
  if (takenBack) add("warning", "wall.taken_back");
  const left = Math.max(0, limit - used);
  if (left <= RESERVE && (phase === "full" || phase === "rounds")) add("warning", "wall.budget", { left });
  return found.sort((a, b) => Number(b.tone === "danger") - Number(a.tone === "danger"));
}
