import { conditionText } from "@/components/migration/act/condition-text";
import { groupTitle } from "@/components/migration/timeline/group-title";
import { joinGroups } from "@/components/migration/timeline/join-groups";
import type { ReportView } from "@/lib/contracts/report";
import { usePaper } from "./paper-context";
import { PaperFacts, PaperSection, PaperTable } from "./paper-parts";

const MARKS = { met: "✓", yours: "!", wait: "…" } as const;

/** How the conditions of the cutover stood when somebody began it. */
export function PaperGates({ report: { migration } }: { report: ReportView }) {
  const paper = usePaper();
  const { t, at } = paper;
  const { cutover } = migration;
  if (cutover === null || cutover.stopWrites === "nobody") return null;
  return (
    <PaperSection
      title={t("report.gates.title")}
      note={t("report.gates.note", { at: at(cutover.requestedAt, "full") })}
      whole
    >
      {cutover.gates.length === 0 ? <p>{t("report.gates.not_kept")}</p> : null}
      <ul className="paper-gates">
        {cutover.gates.map((gate) => {
          const { name, hint } = conditionText(gate, paper);
          return (
            <li key={gate.key}>
              <b>{MARKS[gate.state]}</b> {name}
              {gate.state === "met" ? "" : ` (${t(`advance.state.${gate.state}`)})`}
              {gate.state === "met" || hint === "" ? null : <small> {hint}</small>}
            </li>
          );
        })}
      </ul>
    </PaperSection>
  );
}

/** Forecast and actual downtime, its parts, and by which way writes were stopped. */
export function PaperDowntime({ report: { migration } }: { report: ReportView }) {
  const paper = usePaper();
  const { t, tx, at, duration } = paper;
  const { cutover, takenBack } = migration;
  if (cutover === null) {
    return (
      <PaperSection title={t("report.downtime.title")} whole>
        <p>{t("report.downtime.none")}</p>
      </PaperSection>
    );
  }
  const { forecastSeconds: p50, forecastP90Seconds: p90, downtimeSeconds: actual, deadline } = cutover;
  const seconds = (value: number) => duration(value * 1000);
  const instant = (value: string | null) => value && at(value, "full");
  const parts = joinGroups(migration).filter(({ ofCutover }) => ofCutover);
  return (
    <PaperSection title={t("report.downtime.title")} whole>
      <PaperFacts
        facts={[
          [t("report.downtime.asked"), instant(cutover.requestedAt)],
          [t("report.downtime.way"), t(`cutover.stop.${cutover.stopWrites}`)],
          [t("report.downtime.stopped"), instant(cutover.writesStoppedAt)],
          [t("report.downtime.online"), instant(cutover.onlineAt)],
          [
            t("report.downtime.deadline"),
            deadline &&
              t("report.downtime.deadline.value", {
                minutes: deadline.minutes,
                after: t(`event.deadline_after.${deadline.after}`),
              }),
          ],
          [
            t("report.downtime.forecast"),
            p50 === null
              ? null
              : t("report.downtime.forecast.value", { p50: seconds(p50), p90: seconds(p90 ?? p50) }),
          ],
          [
            t("report.downtime.actual"),
            actual === null
              ? null
              : [
                  seconds(actual),
                  p90 !== null && t(actual <= p90 ? "report.downtime.within" : "report.downtime.over"),
                ]
                  .filter(Boolean)
                  .join(", "),
          ],
        ]}
      />
      {parts.length > 0 ? (
        <PaperTable
          caption={t("report.downtime.title")}
          head={[t("report.downtime.part"), t("report.time.actual"), `>${t("timeline.duration")}`]}
          rows={parts.map((part) => ({
            key: part.key,
            cells: [
              groupTitle(part, tx),
              [instant(part.startedAt), instant(part.finishedAt)].map((value) => value ?? "–").join(" → "),
              part.startedAt && part.finishedAt
                ? duration(Date.parse(part.finishedAt) - Date.parse(part.startedAt))
                : "–",
            ],
          }))}
        />
      ) : null}
      {takenBack ? <p>{t("report.downtime.taken_back", { at: at(takenBack.releasedAt, "full") })}</p> : null}
    </PaperSection>
  );
}

/** What RDS's DBCC CHECKDB said, in its own words. */
export function PaperCheck({ report: { migration } }: { report: ReportView }) {
  const { t, at } = usePaper();
  const check = migration.cutover?.check;
  if (!check) return null;
  const step = migration.steps.find(({ kind, status }) => kind === "await_check" && status === "succeeded");
  const verdict =
    check.ok === null
      ? "report.fact.check.open"
      : check.ok
        ? "report.fact.check.ok"
        : "report.fact.check.failed";
  return (
    <PaperSection title={t("report.check.title")} whole>
      <PaperFacts
        facts={[
          [t("check.title"), migration.checkMode && t(`check.${migration.checkMode}`)],
          [t("report.checks.verdict"), t(verdict)],
          [t("timeline.detail.ended"), step?.finishedAt ? at(step.finishedAt, "full") : null],
          [
            t("report.check.said"),
            check.description === "" ? null : <code key="said">{check.description}</code>,
          ],
        ]}
      />
    </PaperSection>
  );
}

/** What people had written down to do around the cutover, and who ticked it. */
export function PaperLines({ report: { migration } }: { report: ReportView }) {
  const { t, at } = usePaper();
  const items = migration.checklist?.items ?? [];
  if (items.length === 0) return null;
  return (
    <PaperSection title={t("report.lines.title")} whole>
      <ul>
        {items.map(({ id, text, when, ticked }) => (
          <li key={id}>
            {text} ({t(`report.lines.${when}`)}):{" "}
            {ticked
              ? t("report.lines.ticked", { by: ticked.by, at: at(ticked.at, "full") })
              : t("report.lines.open")}
          </li>
        ))}
      </ul>
    </PaperSection>
  );
}
