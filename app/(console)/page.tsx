import type { Metadata } from "next";
import { MigrationsScreen } from "@/components/migrations/migrations-screen";
import { pageTitle } from "../request-locale";

export function generateMetadata(): Promise<Metadata> {
  return pageTitle("migrations.title");
}

export default function MigrationsPage() {
  return <MigrationsScreen />;
}
