import { Suspense } from "react";
import { HistoryScreen } from "@/components/history/history-screen";
import { ScreenTexts } from "../../../screen-texts";

export default function HistoryPage() {
  return (
    <ScreenTexts of={["diagnosis", "field", "history", "migration", "records", "views"]}>
      <Suspense>
        <HistoryScreen />
      </Suspense>
    </ScreenTexts>
  );
}
