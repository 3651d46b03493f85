// Writes the lists of step kinds from the folders of lib/steps: a folder with a definition is a kind, and no list is kept
// by hand. `await-import` is the kind `await_import`, defined as `awaitImport` and run by `runAwaitImport`; one with a `glance.ts` is
// looked at by `glanceAwaitImport` before it is run.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const HEADER = "// Made by scripts/generate.mjs from the folders of lib/steps.\n";

/** Writes what changed of the four lists. */
export function generateSteps(root) {
  const folder = path.join(root, "lib/steps");
  const kinds = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(path.join(folder, entry.name, "definition.ts")))
    .map(({ name }) => {
      const camel = name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
      const pascal = camel[0].toUpperCase() + camel.slice(1);
      // `import` is a word of the language.
      return {
        name,
        kind: name.replaceAll("-", "_"),
        definition: camel === "import" ? "importFile" : camel,
        runner: `run${pascal}`,
        glance: existsSync(path.join(folder, name, "glance.ts")) ? `glance${pascal}` : null,
      };
    })
    .sort((a, b) => (a.kind < b.kind ? -1 : 1));
  const lines = (of, some = kinds) => some.map(of).join("\n");
  const glanced = kinds.filter(({ glance }) => glance !== null);
  const files = {
    "lib/migration/generated/step-kinds.ts": `export const STEP_KINDS = [
${lines(({ kind }) => `  "${kind}",`)}
] as const;
export type StepKind = (typeof STEP_KINDS)[number];
`,
    "lib/plan/generated/definitions.ts": `${lines(({ name, definition }) => `import { ${definition} } from "@/lib/steps/${name}/definition";`)}

export const DEFINITIONS = {
${lines(({ kind, definition }) => `  ${kind}: ${definition},`)}
} as const;
`,
    "lib/engine/generated/runners.ts": `import type { StepKind } from "@/lib/migration/generated/step-kinds";
import type { DEFINITIONS } from "@/lib/plan/generated/definitions";
import type { Outcome, StepRun } from "@/lib/steps/step-run";
${lines(({ name, runner }) => `import { ${runner} } from "@/lib/steps/${name}/runner";`)}

type Definition<K extends StepKind> = (typeof DEFINITIONS)[K];

export const RUNNERS: {
  [K in StepKind]: (run: StepRun<Definition<K>>) => Promise<Outcome<Definition<K>>>;
} = {
${lines(({ kind, runner }) => `  ${kind}: ${runner},`)}
};
`,
    "lib/engine/generated/glances.ts": `import type { StepKind } from "@/lib/migration/generated/step-kinds";
import type { DEFINITIONS } from "@/lib/plan/generated/definitions";
import type { Glance, GlanceAnswer } from "@/lib/steps/step-glance";
${lines(({ name, glance }) => `import { ${glance} } from "@/lib/steps/${name}/glance";`, glanced)}

export const GLANCES: {
  [K in StepKind]?: (glance: Glance<(typeof DEFINITIONS)[K]>) => Promise<GlanceAnswer>;
} = {
${lines(({ kind, glance }) => `  ${kind}: ${glance},`, glanced)}
};
`,
  };
  for (const [relative, text] of Object.entries(files)) {
    const file = path.join(root, relative);
    const wanted = HEADER + text;
    if (existsSync(file) && readFileSync(file, "utf8") === wanted) continue;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, wanted);
  }
}
