import type { Metadata } from "next";
import { LinkScreen } from "@/components/entry/link-screen";
import { pageTitle } from "../request-locale";
import { ScreenTexts } from "../screen-texts";

export function generateMetadata(): Promise<Metadata> {
  return pageTitle("entry.link.title");
}

export default function LinkPage() {
  return (
    <ScreenTexts of={["entry"]}>
      <LinkScreen />
    </ScreenTexts>
  );
}
