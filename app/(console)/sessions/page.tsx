import type { Metadata } from "next";
import { SessionsScreen } from "@/components/people/sessions-screen";
import { pageTitle } from "../../request-locale";
import { ScreenTexts } from "../../screen-texts";

export function generateMetadata(): Promise<Metadata> {
  return pageTitle("people.sessions.title");
}

export default function SessionsPage() {
  return (
    <ScreenTexts of={["people"]}>
      <SessionsScreen />
    </ScreenTexts>
  );
}
