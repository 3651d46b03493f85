import { MigrationScreen } from "@/components/migration/screen/migration-screen";
import { ScreenTexts } from "../../../screen-texts";

export default async function MigrationPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <ScreenTexts
      of={[
        "advance",
        "chain",
        "check",
        "cleanup",
        "cutover",
        "drift",
        "error",
        "event",
        "field",
        "files",
        "migration",
        "migrations",
        "needs",
        "preflight",
        "probe",
        "timeline",
        "verdict",
      ]}
    >
      <MigrationScreen id={id} />
    </ScreenTexts>
  );
}
