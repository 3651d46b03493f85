import type { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openMigratedImage } from "@/lib/store/open-test-store";
import { PGliteAdapterFactory } from "@/lib/store/pglite-adapter";
import { findProjectRoot } from "@/lib/store/project-root";
import { diffToSchema } from "@/lib/store/schema-engine";

const root = findProjectRoot();
let pglite: PGlite;

beforeAll(async () => {
  pglite = await openMigratedImage(root);
}, 60_000);
afterAll(() => pglite.close());

const diff = () => diffToSchema(root, new PGliteAdapterFactory(pglite));

test("prisma/migrations leads exactly to schema.prisma", async () => {
  expect(await diff(), "run: node scripts/make-migration.mjs NAME").toBeNull();
}, 60_000);

test("a column that no migration makes is found", async () => {
  await pglite.exec(`BEGIN; ALTER TABLE "Setting" DROP COLUMN "value";`);
  const drift = await diff();
  await pglite.exec("ROLLBACK");
  expect(drift).toContain(`ADD COLUMN     "value"`);
}, 60_000);
