import "@/components/report/paper.css";
import type { Metadata } from "next";
import { ReportScreen } from "@/components/report/report-screen";
import { pageTitle } from "../../../../request-locale";
import { ScreenTexts } from "../../../../screen-texts";

export function generateMetadata(): Promise<Metadata> {
  return pageTitle("report.title");
}

export default async function ReportPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <ScreenTexts
      of={[
        "advance",
        "check",
        "cutover",
        "drift",
        "error",
        "event",
        "field",
        "files",
        "migration",
        "plan",
        "preflight",
        "probe",
        "report",
        "timeline",
        "verdict",
      ]}
    >
      <ReportScreen id={id} />
    </ScreenTexts>
  );
}
