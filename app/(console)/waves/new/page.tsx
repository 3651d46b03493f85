import type { Metadata } from "next";
import { Suspense } from "react";
import { WaveFormScreen } from "@/components/waves/form/wave-form-screen";
import { pageTitle } from "../../../request-locale";
import { ScreenTexts } from "../../../screen-texts";

export function generateMetadata(): Promise<Metadata> {
  return pageTitle("wave.form.title");
}

export default function NewWavePage() {
  return (
    <ScreenTexts of={["bucket", "connections", "records", "wave"]}>
      <Suspense>
        <WaveFormScreen />
      </Suspense>
    </ScreenTexts>
  );
}
