import { Suspense } from "react";
import { RecordsScreen } from "@/components/records/records-screen";

export default function RecordsPage() {
  return (
    <Suspense>
      <RecordsScreen />
    </Suspense>
  );
}
