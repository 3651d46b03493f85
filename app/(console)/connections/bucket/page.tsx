import type { Metadata } from "next";
import { Suspense } from "react";
import { BucketScreen } from "@/components/bucket/browser/bucket-screen";
import { pageTitle } from "../../../request-locale";
import { ScreenTexts } from "../../../screen-texts";

export function generateMetadata(): Promise<Metadata> {
  return pageTitle("browse.title");
}

export default function BucketPage() {
  return (
    <ScreenTexts of={["browse", "bucket", "connections", "records"]}>
      <Suspense>
        <BucketScreen />
      </Suspense>
    </ScreenTexts>
  );
}
