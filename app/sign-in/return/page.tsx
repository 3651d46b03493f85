import type { Metadata } from "next";
import { ReturnScreen } from "@/components/entry/return-screen";
import { pageTitle } from "../../request-locale";
import { ScreenTexts } from "../../screen-texts";

export function generateMetadata(): Promise<Metadata> {
  return pageTitle("entry.return.title");
}

export default function ReturnPage() {
  return (
    <ScreenTexts of={["entry"]}>
      <ReturnScreen />
    </ScreenTexts>
  );
}
