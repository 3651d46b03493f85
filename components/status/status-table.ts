import {
  CircleArrowRight,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleHelp,
  CircleStop,
  CircleX,
  Clock,
  FileX,
  Hand,
  Hourglass,
  Inbox,
  LoaderCircle,
  type LucideIcon,
  RotateCw,
} from "lucide-react";
import type { Tone } from "@/components/ui/tone";
import type { MessageKey } from "@/lib/i18n/message-key";
import type { Status } from "@/lib/migration/vocabulary/status";

interface StatusLook {
  tone: Tone;
  glyph: LucideIcon;
  /** Turns while motion is allowed. */
  turns: boolean;
  label: MessageKey;
  meaning: MessageKey;
}

/**
 * The one table of statuses. Neutral states differ by glyph, not hue; green is done, red failed, amber "you must act",
 * blue moving. A new status does not compile until it has a row.
 */
export const STATUS_TABLE: Record<Status, StatusLook> = {
  draft: row("neutral", CircleDashed, "status.draft", "status.draft.meaning"),
  pending: row("neutral", CircleDot, "status.pending", "status.pending.meaning"),
  queued: row("neutral", Clock, "status.queued", "status.queued.meaning"),
  running: { ...row("info", LoaderCircle, "status.running", "status.running.meaning"), turns: true },
  waiting_external: row("info", Hourglass, "status.waiting_external", "status.waiting_external.meaning"),
  waiting_for_backup: row("warning", Inbox, "status.waiting_for_backup", "status.waiting_for_backup.meaning"),
  waiting_for_user: row("warning", Hand, "status.waiting_for_user", "status.waiting_for_user.meaning"),
  retrying: row("info", RotateCw, "status.retrying", "status.retrying.meaning"),
  succeeded: row("success", CircleCheck, "status.succeeded", "status.succeeded.meaning"),
  failed: row("danger", CircleX, "status.failed", "status.failed.meaning"),
  refused: row("warning", FileX, "status.refused", "status.refused.meaning"),
  cancelling: row("neutral", CircleStop, "status.cancelling", "status.cancelling.meaning"),
  cancelled: row("neutral", CircleStop, "status.cancelled", "status.cancelled.meaning"),
  skipped: row("neutral", CircleArrowRight, "status.skipped", "status.skipped.meaning"),
  unknown: row("warning", CircleHelp, "status.unknown", "status.unknown.meaning"),
};

function row(tone: Tone, glyph: LucideIcon, label: MessageKey, meaning: MessageKey): StatusLook {
  return { tone, glyph, turns: false, label, meaning };
}
