import { useMemo } from "react";
import type { ReportView } from "@/lib/contracts/report";
import type { Translator } from "@/lib/i18n/translate";
import { PaperAftercare, PaperCounts } from "./paper-aftercare";
import { PaperChain } from "./paper-chain";
import { PaperChecks } from "./paper-checks";
import { openPaper, PaperProvider } from "./paper-context";
import { PaperCheck, PaperDowntime, PaperGates, PaperLines } from "./paper-cutover";
import { PaperEnd, PaperEvents } from "./paper-events";
import { PaperDeeds, PaperHead } from "./paper-head";
import { PaperTime } from "./paper-time";

/** The record of a migration as a document of A4 sheets: on the page, on paper, and in the file of `report --pdf`. */
export function PaperOfReport({ report, texts }: { report: ReportView; texts: Translator }) {
  const paper = useMemo(
    () => openPaper(texts, report.migration.sourceOffsetMinutes),
    [texts, report.migration.sourceOffsetMinutes],
  );
  const { migration, program, printedAt } = report;
  return (
    <PaperProvider value={paper}>
      <article className="paper" lang={texts.locale}>
        <PaperHead report={report} />
        <PaperDeeds report={report} />
        <PaperTime report={report} />
        <PaperChecks report={report} />
        <PaperChain report={report} />
        <PaperGates report={report} />
        <PaperDowntime report={report} />
        <PaperCounts report={report} />
        <PaperCheck report={report} />
        <PaperLines report={report} />
        <PaperAftercare report={report} />
        <PaperEvents report={report} />
        <PaperEnd report={report} />
        <footer>
          {texts.t("report.foot", {
            program,
            name: migration.name,
            id: migration.id,
            at: paper.at(printedAt, "full"),
            zone: paper.zone,
          })}
        </footer>
      </article>
    </PaperProvider>
  );
}
