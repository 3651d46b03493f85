import { eventText } from "@/components/migration/events/event-text";
import type { ReportView } from "@/lib/contracts/report";
import { usePaper } from "./paper-context";
import { PaperSection, PaperTable } from "./paper-parts";

/** Characters of a hash that a row shows: enough to compare by eye. */
const SHORT_HASH = 16;

/** Every fact that was recorded. */
export function PaperEvents({ report: { events } }: { report: ReportView }) {
  const paper = usePaper();
  const { t, tx, at } = paper;
  const covered = events.filter(({ hash }) => hash !== null).length;
  return (
    <PaperSection
      title={t("report.events.title")}
      note={t("report.events.note", { count: events.length, covered })}
    >
      <PaperTable
        caption={t("report.events.title")}
        head={[
          `>${t("report.events.no")}`,
          t("report.events.at"),
          t("report.events.what"),
          t("report.events.by"),
          t("report.events.hash"),
        ]}
        rows={events.map((event) => ({
          key: String(event.seq),
          cells: [
            event.seq,
            <span key="at" className="paper-line">
              {at(event.at, "full")}
            </span>,
            eventText(event, paper),
            <span key="by" className="paper-line">
              {tx(`event.actor.${event.actor}`, {}, event.actor)}
            </span>,
            <code key="hash" className="paper-line">
              {event.hash?.slice(0, SHORT_HASH) ?? "–"}
            </code>,
          ],
        }))}
      />
    </PaperSection>
  );
}

/** The hash that stands for all events, how to use it, and room for signatures. */
export function PaperEnd({ report: { events } }: { report: ReportView }) {
  const { t } = usePaper();
  const head = events.at(-1)?.hash ?? null;
  return (
    <PaperSection title={t("report.head.title")} whole>
      {head === null ? (
        <p>{t("report.head.none")}</p>
      ) : (
        <>
          <p className="paper-hash">
            <code>{head.replace(/(.{4})(?!$)/g, "$1 ")}</code>
          </p>
          <p>
            {t("report.head.verify", { hash: head })}
            <br />
            {t("report.head.what")}
          </p>
        </>
      )}
      <div className="paper-signs">
        <span>{t("report.sign.did")}</span>
        <span>{t("report.sign.approved")}</span>
        <span>{t("report.sign.accepts")}</span>
      </div>
    </PaperSection>
  );
}
