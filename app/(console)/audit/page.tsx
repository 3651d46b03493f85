import type { Metadata } from "next";
import { AuditScreen } from "@/components/audit/audit-screen";
import { pageTitle } from "../../request-locale";
import { ScreenTexts } from "../../screen-texts";

export function generateMetadata(): Promise<Metadata> {
  return pageTitle("audit.title");
}

export default function AuditPage() {
  return (
    <ScreenTexts of={["audit"]}>
      <AuditScreen />
    </ScreenTexts>
  );
}
