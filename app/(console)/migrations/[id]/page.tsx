import { MigrationScreen } from "@/components/migration/migration-screen";

export default async function MigrationPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <MigrationScreen id={id} />;
}
