import type { Metadata } from "next";
import { PeopleScreen } from "@/components/people/people-screen";
import { pageTitle } from "../../request-locale";
import { ScreenTexts } from "../../screen-texts";

export function generateMetadata(): Promise<Metadata> {
  return pageTitle("people.title");
}

export default function PeoplePage() {
  return (
    <ScreenTexts of={["people"]}>
      <PeopleScreen />
    </ScreenTexts>
  );
}
