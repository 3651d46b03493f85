import { probeText } from "@/components/preflight/probe-text";
import type { ReportView } from "@/lib/contracts/report";
import { usePaper } from "./paper-context";
import { PaperSection, PaperTable } from "./paper-parts";

/** How many checks passed; those that did not, each with who accepted it and why. */
export function PaperChecks({ report: { probes } }: { report: ReportView }) {
  const paper = usePaper();
  const { t, at } = paper;
  const count = (verdict: string) => probes.filter((probe) => probe.verdict === verdict).length;
  const open = probes.filter(({ verdict }) => verdict !== "pass");
  return (
    <PaperSection title={t("report.checks.title")}>
      <p>
        {t("report.checks.counts", {
          passed: count("pass"),
          warned: count("warn"),
          blocked: count("block"),
          unknown: count("unknown"),
        })}
      </p>
      {open.length > 0 ? (
        <PaperTable
          caption={t("report.checks.title")}
          head={[
            t("report.checks.risk"),
            t("report.checks.verdict"),
            t("report.checks.reason"),
            t("report.checks.by"),
          ]}
          rows={open.map((probe) => {
            const { title, verdict } = probeText(probe, paper);
            const { accepted } = probe;
            return {
              key: probe.id,
              cells: [
                title,
                `${t(`preflight.verdict.${probe.verdict}`)}. ${verdict}`,
                accepted ? accepted.reason : t("report.checks.not_accepted"),
                accepted ? `${accepted.by}, ${at(accepted.at, "full")}` : "–",
              ],
            };
          })}
        />
      ) : null}
    </PaperSection>
  );
}
