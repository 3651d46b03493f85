import { Suspense } from "react";
import { WizardScreen } from "@/components/wizard/screen/wizard-screen";

export default function NewMigrationPage() {
  return (
    <Suspense>
      <WizardScreen />
    </Suspense>
  );
}
