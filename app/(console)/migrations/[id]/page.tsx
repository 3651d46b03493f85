import { MigrationScreen } from "@/components/migration/screen/migration-screen";

export default async function MigrationPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <MigrationScreen id={id} />;
}
