import type { ReportView } from "@/lib/contracts/report";
import { usePaper } from "./paper-context";
import { PaperFacts, PaperSection, PaperTable } from "./paper-parts";

/** Rows on both sides, and what differed. */
export function PaperCounts({ report: { aftercare } }: { report: ReportView }) {
  const { t, tx, at, number } = usePaper();
  if (aftercare === null) return null;
  const { counts, sourceCounts } = aftercare;
  return (
    <PaperSection title={t("report.counts.title")} whole>
      {counts === null ? (
        <p>
          {sourceCounts
            ? t("report.counts.only_source", {
                tables: number(sourceCounts.tables),
                rows: number(sourceCounts.rows),
              })
            : t("report.counts.none")}
        </p>
      ) : (
        <PaperFacts
          facts={[
            [t("report.counts.tables"), number(counts.tables)],
            [t("report.counts.equal"), number(counts.equal)],
            [t("report.counts.rows"), number(counts.rows)],
            [
              t("report.counts.by"),
              `${tx(`event.actor.${counts.by}`, {}, counts.by)}, ${at(counts.at, "full")}`,
            ],
          ]}
        />
      )}
      {counts && counts.differing.length > 0 ? (
        <PaperTable
          caption={t("report.counts.title")}
          head={[t("report.counts.table"), `>${t("report.what.source")}`, `>${t("report.counts.rds")}`]}
          rows={counts.differing.map(({ table, source, target }) => ({
            key: table,
            cells: [table, source === null ? "–" : number(source), target === null ? "–" : number(target)],
          }))}
        />
      ) : null}
    </PaperSection>
  );
}

/** What was done once it was online, by whom, and what was found not to be needed. */
export function PaperAftercare({ report: { aftercare } }: { report: ReportView }) {
  const { t, tx, at, number } = usePaper();
  if (aftercare === null) return null;
  const { steps, counts, accounts, backup, revert } = aftercare;
  const said: Partial<Record<(typeof steps)[number]["step"], string>> = {
    row_counts: counts
      ? t("report.aftercare.equal", { equal: number(counts.equal), tables: number(counts.tables) })
      : "",
    accounts: accounts
      .map(({ user, account, privilege }) => `${user} → ${account} (${privilege})`)
      .join(", "),
    first_backup: backup?.backupId ?? backup?.jobId ?? "",
    revert_window: revert ? t("report.aftercare.until", { at: at(revert.until, "full") }) : "",
  };
  return (
    <PaperSection title={t("report.aftercare.title")}>
      <PaperTable
        caption={t("report.aftercare.title")}
        head={[
          t("report.aftercare.step"),
          t("report.aftercare.state"),
          t("report.aftercare.outcome"),
          t("report.checks.by"),
        ]}
        rows={steps.map(({ step, state, by, at: when, note }) => ({
          key: step,
          cells: [
            t(`event.aftercare.${step}`),
            t(`event.aftercare_state.${state}`),
            [said[step], note].filter(Boolean).join(". ") || "–",
            by && when ? `${tx(`event.actor.${by}`, {}, by)}, ${at(when, "full")}` : "–",
          ],
        }))}
      />
    </PaperSection>
  );
}
