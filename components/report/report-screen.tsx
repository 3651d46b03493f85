"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, Printer } from "lucide-react";
import { useMemo } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useLocale, useT } from "@/components/locale/i18n-provider";
import { RecordLink } from "@/components/migration/events/record-link";
import { NotFoundScreen } from "@/components/shell/late-screens";
import { Button, ButtonLink } from "@/components/ui/button";
import { SkeletonLines } from "@/components/ui/skeleton";
import { toApiProblem } from "@/lib/client/api-problem";
import { reportQuery } from "@/lib/client/report-query";
import { PaperOfReport } from "./paper";

/** The record of one migration as it would be printed, with what prints it. */
export function ReportScreen({ id }: { id: string }) {
  const { t, tx, has } = useT();
  const locale = useLocale();
  const texts = useMemo(() => ({ t, tx, has, locale }), [t, tx, has, locale]);
  const report = useQuery(reportQuery(id));
  if (report.isError && toApiProblem(report.error).code === "not_found") return <NotFoundScreen />;
  return (
    <div className="page">
      <div className="paper-tools print:hidden">
        <ButtonLink variant="ghost" icon={ArrowLeft} href={`/migrations/${id}`}>
          {t("report.back")}
        </ButtonLink>
        <span className="grow" />
        <RecordLink id={id} />
        <Button variant="primary" icon={Printer} onClick={() => window.print()}>
          {t("report.print")}
        </Button>
      </div>
      {report.isError ? (
        <ErrorPanel title={t("report.load_failed")} error={report.error} onRetry={() => report.refetch()} />
      ) : null}
      {report.isPending ? <SkeletonLines label={t("shell.loading")} lines={12} /> : null}
      {report.data ? <PaperOfReport report={report.data} texts={texts} /> : null}
    </div>
  );
}
