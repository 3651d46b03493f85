import type { Metadata } from "next";
import { ProfileScreen } from "@/components/people/profile-screen";
import { pageTitle } from "../../request-locale";
import { ScreenTexts } from "../../screen-texts";

export function generateMetadata(): Promise<Metadata> {
  return pageTitle("people.profile.title");
}

export default function ProfilePage() {
  return (
    <ScreenTexts of={["people"]}>
      <ProfileScreen />
    </ScreenTexts>
  );
}
