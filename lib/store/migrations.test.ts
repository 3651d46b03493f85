import { expect, test } from "vitest";
import { openMigratedImage } from "@/lib/store/open-test-store";
import { PGliteAdapterFactory } from "@/lib/store/pglite-adapter";
import { findProjectRoot } from "@/lib/store/project-root";
import { diffToSchema } from "@/lib/store/schema-engine";

test("prisma/migrations leads exactly to schema.prisma", async () => {
  const root = findProjectRoot();
  const pglite = await openMigratedImage(root);
  const drift = await diffToSchema(root, new PGliteAdapterFactory(pglite));
  await pglite.close();
  expect(drift, "run: node scripts/make-migration.mjs NAME").toBeNull();
}, 60_000);

test("a column that no migration makes is found", async () => {
  const root = findProjectRoot();
  const pglite = await openMigratedImage(root);
  await pglite.exec(`ALTER TABLE "Setting" DROP COLUMN "value"`);
  const drift = await diffToSchema(root, new PGliteAdapterFactory(pglite));
  await pglite.close();
  expect(drift).toContain(`ADD COLUMN     "value"`);
}, 60_000);
