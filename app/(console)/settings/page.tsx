import type { Metadata } from "next";
import { SettingsScreen } from "@/components/settings/settings-screen";
import { pageTitle } from "../../request-locale";
import { ScreenTexts } from "../../screen-texts";

export function generateMetadata(): Promise<Metadata> {
  return pageTitle("settings.title");
}

export default function SettingsPage() {
  return (
    <ScreenTexts of={["settings"]}>
      <SettingsScreen />
    </ScreenTexts>
  );
}
