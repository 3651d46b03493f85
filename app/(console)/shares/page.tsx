import type { Metadata } from "next";
import { ShareLinksScreen } from "@/components/share/share-links-screen";
import { pageTitle } from "../../request-locale";
import { ScreenTexts } from "../../screen-texts";

export function generateMetadata(): Promise<Metadata> {
  return pageTitle("share.title");
}

export default async function SharesPage({
  searchParams,
}: {
  searchParams: Promise<{ migration?: string | string[] }>;
}) {
  const { migration } = await searchParams;
  return (
    <ScreenTexts of={["people", "share"]}>
      <ShareLinksScreen migrationId={typeof migration === "string" ? migration : null} />
    </ScreenTexts>
  );
}
