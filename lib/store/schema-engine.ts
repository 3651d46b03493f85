import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import type { MigrationScript } from "@/lib/store/migration-folder";

const NO_FILTERS = { externalTables: [], externalEnums: [] };

/** What `schema_engine_bg.js` offers; Prisma publishes types only for its main file, which imports the .wasm. */
interface EngineBindings {
  SchemaEngine: typeof SchemaEngine;
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

let loading: Promise<EngineBindings> | null = null;

/**
 * Prisma's own Migrate engine, in process and over a driver adapter: no native binary, nothing downloaded.
 * Loaded once, and only when there is something to migrate or compare.
 */
async function loadBindings(projectRoot: string): Promise<EngineBindings> {
  const require = createRequire(path.join(projectRoot, "package.json"));
  const bindingsFile = require.resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const [bindings, bytes] = await Promise.all([
    import("@prisma/schema-engine-wasm/schema_engine_bg") as Promise<
      EngineBindings & WebAssembly.ModuleImports
    >,
    readFile(bindingsFile.replace(/\.js$/, ".wasm")),
  ]);
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": { ...bindings } });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === "function") start();
  return bindings;
}

async function openEngine(
  projectRoot: string,
  adapter: SqlMigrationAwareDriverAdapterFactory,
): Promise<{ engine: SchemaEngine; schema: { path: string; content: string } }> {
  loading ??= loadBindings(projectRoot);
  const bindings = await loading;
  const file = path.join(projectRoot, "prisma", "schema.prisma");
  const schema = { path: "schema.prisma", content: await readFile(file, "utf8") };
  const engine = await bindings.SchemaEngine.new(
    { datamodels: [[schema.path, schema.content]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
  return { engine, schema };
}

/** Runs what `prisma migrate deploy` runs; returns the names applied. Throws the engine's error at a bad script. */
export async function applyScripts(
  projectRoot: string,
  adapter: SqlMigrationAwareDriverAdapterFactory,
  scripts: readonly MigrationScript[],
): Promise<string[]> {
  const { engine } = await openEngine(projectRoot, adapter);
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: {
        baseDir: path.join(projectRoot, "prisma", "migrations"),
        lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
        shadowDbInitScript: "",
        migrationDirectories: scripts.map(({ name, sql }) => ({
          path: name,
          migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
        })),
      },
      filters: NO_FILTERS,
    });
    return appliedMigrationNames;
  } finally {
    engine.free();
  }
}

/**
 * SQL that brings the connected database to `schema.prisma`, or null when it is there already. `prisma/migrations`
 * and the schema agree when this is null after all scripts ran.
 */
export async function diffToSchema(
  projectRoot: string,
  adapter: SqlMigrationAwareDriverAdapterFactory,
): Promise<string | null> {
  const { engine, schema } = await openEngine(projectRoot, adapter);
  try {
    const result = await engine.diff({
      from: { tag: "schemaDatasource", files: [schema], configDir: path.join(projectRoot, "prisma") },
      to: { tag: "schemaDatamodel", files: [schema] },
      script: true,
      exitCode: true,
      filters: NO_FILTERS,
    });
    return result.exitCode === 2 ? (result.stdout ?? "") : null;
  } finally {
    engine.free();
  }
}
