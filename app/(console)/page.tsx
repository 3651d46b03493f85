import type { Metadata } from "next";
import { MigrationsScreen } from "@/components/migrations/migrations-screen";
import { pageTitle } from "../request-locale";
import { ScreenTexts } from "../screen-texts";

export function generateMetadata(): Promise<Metadata> {
  return pageTitle("migrations.title");
}

export default function MigrationsPage() {
  return (
    <ScreenTexts of={["migration", "migrations", "needs", "timeline", "verdict"]}>
      <MigrationsScreen />
    </ScreenTexts>
  );
}
