import type { Metadata } from "next";
import { Suspense } from "react";
import { WallScreen } from "@/components/wall/wall-screen";
import { pageTitle } from "../request-locale";
import { ScreenTexts } from "../screen-texts";

export function generateMetadata(): Promise<Metadata> {
  return pageTitle("wall.title");
}

export default function WallPage() {
  return (
    <ScreenTexts of={["migration", "wall"]}>
      <Suspense>
        <WallScreen id={null} />
      </Suspense>
    </ScreenTexts>
  );
}
