import { eventVerdict, verdictText } from "@/components/verdict/verdict-text";
import type { EventView } from "@/lib/contracts/migration";
import type { MessageParams } from "@/lib/i18n/message-key";
import type { Translator } from "@/lib/i18n/translate";

const SYSTEMS: Record<string, string> = { sql_server: "SQL Server", oss: "OSS", rds: "RDS" };

/** An event as a sentence. Payload words that are keys (step kinds, reasons, states) become text first. */
export function eventText(event: EventView, { t, tx }: Pick<Translator, "t" | "tx">): string {
  const payload = event.payload;
  const word = (name: string) => String(payload[name] ?? "");
  const text = (key: string, fallback: string) => tx(key, params, fallback);
  const params: MessageParams = {
    ...payload,
    firstLsn: word("firstLsn") || "–",
    lastLsn: word("lastLsn") || "–",
  };
  if (event.type === "file_refused") params.verdict = verdictText(eventVerdict(payload), { t, tx }).whole;
  if (typeof payload.bytesRead === "number") params.readBytes = payload.bytesRead;

  const kind = word("kind");
  params.step = text(`timeline.kind.${kind}`, kind);
  const reason = word("reason");
  params.reason =
    event.type === "file_skipped"
      ? text(`verdict.what.${reason}`, t("verdict.what.not-needed"))
      : // Some reasons name what they are about; an event names it by its file.
        tx(`error.${reason}`, { ...params, key: word("to") }, t("event.reason.at_step"));
  if (payload.drift !== undefined) params.drift = text(`drift.${word("drift")}.title`, word("drift"));
  params.type = text(`files.backup.${word("type") || "unknown"}`, word("type"));
  params.status = text(`files.rds.${word("status")}`, word("status"));
  params.backup = text(`files.backup.${word("backup")}`, word("backup"));
  const mode = word("mode");
  params.mode =
    mode === "manual" ? t("migration.schedule.manual") : text(`migration.schedule.${mode}.short`, mode);
  params.stopWrites = text(`cutover.stop.${word("stopWrites")}`, word("stopWrites"));
  params.how = text(`cutover.stop.${word("how")}`, word("how"));
  params.checkMode = text(`check.${word("checkMode")}`, word("checkMode"));
  params.outcome = text(
    word("outcome") === "happened" ? "migration.resolve.happened" : "migration.resolve.not_happened",
    "",
  );
  for (const name of ["before", "verdict"]) {
    if (event.type === "probe_changed") params[name] = text(`preflight.verdict.${word(name)}`, word(name));
  }
  if (word("probe")) params.probe = text(`probe.${word("probe")}.title`, word("probe"));
  if (event.type === "check_run_ended")
    params.outcome = text(`preflight.check.${word("state")}`, word("state"));
  params.system = SYSTEMS[word("system")] ?? word("system");
  if (typeof payload.seconds === "number") params.durationSeconds = payload.seconds;

  const key =
    event.type === "database_online" && typeof payload.downtimeSeconds === "number"
      ? "database_online_after"
      : event.type;
  return tx(`event.${key}`, params, t("event.other", { type: event.type }));
}
