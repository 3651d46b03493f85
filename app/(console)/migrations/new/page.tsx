import { Suspense } from "react";
import { WizardScreen } from "@/components/wizard/screen/wizard-screen";
import { ScreenTexts } from "../../../screen-texts";

export default function NewMigrationPage() {
  return (
    <ScreenTexts
      of={[
        "bucket",
        "check",
        "connections",
        "error",
        "event",
        "field",
        "object",
        "preflight",
        "probe",
        "records",
        "schedule",
        "script",
        "wizard",
      ]}
    >
      <Suspense>
        <WizardScreen />
      </Suspense>
    </ScreenTexts>
  );
}
