import type { Metadata } from "next";
import { SharedScreen } from "@/components/share/shared-screen";
import { pageTitle } from "../request-locale";
import { ScreenTexts } from "../screen-texts";

export async function generateMetadata(): Promise<Metadata> {
  return { ...(await pageTitle("share.page.title")), robots: "noindex" };
}

export default function SharePage() {
  return (
    <ScreenTexts of={["migration", "share", "wall"]}>
      <SharedScreen />
    </ScreenTexts>
  );
}
