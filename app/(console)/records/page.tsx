import { Suspense } from "react";
import { RecordsScreen } from "@/components/records/records-screen";
import { ScreenTexts } from "../../screen-texts";

export default function RecordsPage() {
  return (
    <ScreenTexts of={["bucket", "check", "connections", "diagnosis", "error", "field", "object", "records"]}>
      <Suspense>
        <RecordsScreen />
      </Suspense>
    </ScreenTexts>
  );
}
