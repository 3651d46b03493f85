import { eventText } from "@/components/migration/events/event-text";
import type { ReportView } from "@/lib/contracts/report";
import { usePaper } from "./paper-context";
import { PaperFacts, PaperSection, PaperTable } from "./paper-parts";

/** What it is about, how it ended, and the four figures that everybody asks for. */
export function PaperHead({ report }: { report: ReportView }) {
  const { t, zone } = usePaper();
  const { migration } = report;
  const { source, target } = migration;
  return (
    <header>
      <div className="paper-top">
        <span>{t("report.kind")}</span>
        <b>{t("shell.product")}</b>
      </div>
      <h1>
        {source.database ?? migration.name} → {target.instanceId ?? t("report.unknown")}
        {target.database && target.database !== source.database ? ` / ${target.database}` : ""}
      </h1>
      <p className="paper-verdict">{useVerdict(report).join(" ")}</p>
      {migration.sandbox ? <p className="paper-mark">{t("report.sandbox")}</p> : null}
      {migration.rehearsal ? <p className="paper-mark">{t("report.rehearsal")}</p> : null}
      <Figures report={report} />
      <PaperSection title={t("report.what.title")} note={zone} whole>
        <What report={report} />
      </PaperSection>
    </header>
  );
}

/** Sentences, the most important first. */
function useVerdict({ migration }: ReportView): string[] {
  const { t, at } = usePaper();
  const { status, finishedAt, cutover } = migration;
  if (status === "draft") return [t("report.state.draft")];
  const onlineAt = onlineAtOf(migration);
  if (onlineAt === null) {
    if (status !== "cancelled") return [t("report.state.running")];
    return [t("report.state.cancelled", { at: finishedAt === null ? "" : at(finishedAt, "full") })];
  }
  const check = cutover?.check.ok ?? (status === "succeeded" ? true : null);
  return [
    t("report.state.online", { at: at(onlineAt, "full") }),
    check === null
      ? t("report.state.check_running")
      : check
        ? t("report.state.check_ok")
        : t("report.state.check_failed"),
  ];
}

/** Null: it is not, or not yet. */
function onlineAtOf({ cutover, status, finishedAt }: ReportView["migration"]): string | null {
  return cutover?.onlineAt ?? (status === "succeeded" ? finishedAt : null);
}

function Figures({ report: { migration } }: { report: ReportView }) {
  const { t, at, bytes, duration, number } = usePaper();
  const { cutover, files, startedAt } = migration;
  const handed = files.filter(({ importedTimes, importedAt }) => importedTimes > 0 || importedAt !== null);
  const equal = handed.filter(({ crc64 }) => crc64 !== null).length;
  const sum = handed.reduce((total, { sizeBytes }) => total + (sizeBytes ?? 0), 0);
  const onlineAt = onlineAtOf(migration);
  const { forecastSeconds: p50 = null, forecastP90Seconds: p90 = null } = cutover ?? {};
  const check = cutover?.check.ok ?? null;
  return (
    <dl className="paper-figures">
      <div>
        <dt>{t("report.fact.downtime")}</dt>
        <dd className="paper-figure">
          {cutover?.downtimeSeconds == null ? "–" : duration(cutover.downtimeSeconds * 1000)}
        </dd>
        <dd>
          {cutover === null
            ? t("report.fact.downtime.none")
            : p50 === null
              ? ""
              : t("report.fact.downtime.forecast", {
                  p50: duration(p50 * 1000),
                  p90: duration((p90 ?? p50) * 1000),
                })}
        </dd>
      </div>
      <div>
        <dt>{t("report.fact.data")}</dt>
        <dd className="paper-figure">{bytes(sum)}</dd>
        <dd>{t("report.fact.data.files", { count: handed.length, equal: number(equal) })}</dd>
      </div>
      <div>
        <dt>{t("report.fact.span")}</dt>
        <dd className="paper-figure">
          {startedAt && onlineAt ? duration(Date.parse(onlineAt) - Date.parse(startedAt)) : "–"}
        </dd>
        <dd>
          {startedAt && onlineAt
            ? t("report.fact.span.to", { from: at(startedAt), to: at(onlineAt) })
            : startedAt && at(startedAt)}
        </dd>
      </div>
      <div>
        <dt>{t("report.fact.check")}</dt>
        <dd className="paper-figure">
          {check === null
            ? t("report.fact.check.open")
            : check
              ? t("report.fact.check.ok")
              : t("report.fact.check.failed")}
        </dd>
        <dd>
          {migration.checkMode
            ? t("report.fact.check.mode", { mode: t(`check.${migration.checkMode}`) })
            : ""}
        </dd>
      </div>
    </dl>
  );
}

function What({ report: { migration } }: { report: ReportView }) {
  const { t } = usePaper();
  const { source, target, method, transport, bucket, prefix, ticket } = migration;
  const unknown = t("report.unknown");
  return (
    <PaperFacts
      facts={[
        [t("report.what.source"), `${source.name ?? unknown}, ${source.database ?? unknown}`],
        [t("report.what.target"), `${target.instanceId ?? unknown}, ${target.database ?? unknown}`],
        [t("report.what.method"), method && t(`field.method.${method}`)],
        [
          t("report.what.place"),
          transport &&
            [t(`migration.transport.${transport}`), bucket && `oss://${bucket}/${prefix ?? ""}`]
              .filter(Boolean)
              .join(", "),
        ],
        [t("report.what.ticket"), ticket],
        [t("report.what.id"), <code key="id">{migration.id}</code>],
      ]}
    />
  );
}

/** Not acts of a person, whoever's request they were part of. */
const NO_DEEDS: ReadonlySet<string> = new Set([
  "probe_changed",
  "check_run_ended",
  "file_found",
  "upload_finished",
  "step_started",
]);

/** Request, approvals and acts, from the events: what a reader of SOX looks for first. */
export function PaperDeeds({ report }: { report: ReportView }) {
  const paper = usePaper();
  const { t, tx, at } = paper;
  const deeds = report.events.filter(({ actor, type }) => actor !== "engine" && !NO_DEEDS.has(type));
  return (
    <PaperSection title={t("report.deeds.title")} note={t("report.deeds.note")}>
      <PaperTable
        caption={t("report.deeds.title")}
        head={[
          t("report.deeds.what"),
          t("report.deeds.who"),
          t("report.deeds.when"),
          t("report.deeds.evidence"),
        ]}
        rows={deeds.map((event) => ({
          key: String(event.seq),
          cells: [
            eventText(event, paper),
            tx(`event.actor.${event.actor}`, {}, event.actor),
            <span key="at" className="paper-line">
              {at(event.at, "full")}
            </span>,
            <span key="event" className="paper-line">
              {t("report.deeds.event", { seq: event.seq })}
            </span>,
          ],
        }))}
      />
    </PaperSection>
  );
}
