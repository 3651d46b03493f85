import type { Metadata } from "next";
import { WaysInScreen } from "@/components/people/ways-in-screen";
import { pageTitle } from "../../request-locale";
import { ScreenTexts } from "../../screen-texts";

export function generateMetadata(): Promise<Metadata> {
  return pageTitle("people.ways.title");
}

export default function WaysInPage() {
  return (
    <ScreenTexts of={["people"]}>
      <WaysInScreen />
    </ScreenTexts>
  );
}
