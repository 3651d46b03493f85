import type { Metadata } from "next";
import { WavesScreen } from "@/components/waves/waves-screen";
import { pageTitle } from "../../request-locale";
import { ScreenTexts } from "../../screen-texts";

export function generateMetadata(): Promise<Metadata> {
  return pageTitle("wave.title");
}

export default function WavesPage() {
  return (
    <ScreenTexts of={["wave"]}>
      <WavesScreen />
    </ScreenTexts>
  );
}
