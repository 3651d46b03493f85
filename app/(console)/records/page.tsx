import { Suspense } from "react";
import { RecordsScreen } from "@/components/records/records-screen";
import { ScreenTexts } from "../../screen-texts";

export default function RecordsPage() {
  return (
    <ScreenTexts of={["connections", "diagnosis", "field", "records"]}>
      <Suspense>
        <RecordsScreen />
      </Suspense>
    </ScreenTexts>
  );
}
