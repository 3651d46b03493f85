import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { inject, test } from "vitest";
import { openMemoryStore } from "@/lib/store/memory/memory-client-fixture";
import { commandsOf, finish } from "./model-commands-fixture";
import { ModelRules } from "./model-rules-fixture";
import { ModelWorld } from "./model-world-fixture";

const LONG = inject("long");
const RUNS = Number(process.env.MODEL_RUNS ?? (LONG ? 10_000 : 60));
/** In `npm test` the same runs each time: what a change breaks is told by it, and what others find by `npm run test:long`. */
const SEED = process.env.MODEL_SEED ?? (LONG ? undefined : "1");
const MOST_COMMANDS = 24;
/** Where a start may stand still; it passes fewer. */
const MOST_PLACES = 12;
/** To find the shortest run that breaks a rule may take as many runs again. */
const SHRINKING_MS = 3 * 3_600_000;

test(
  "whatever happens, nothing is done twice, nothing is closed unseen, and there is a way to an end",
  async () => {
    const kinds = fc.constantFrom("app" as const, "others" as const);
    const endings = fc.constantFrom("resume" as const, "kill" as const);
    const commands = commandsOf(MOST_COMMANDS);
    const stops = fc.integer({ min: 1, max: MOST_PLACES });
    const property = fc.asyncProperty(
      kinds,
      stops,
      endings,
      commands,
      async (kind, stop, ending, happens) => {
        const clock = { at: new Date("2026-05-04T10:00:00.000Z") };
        const memory = openMemoryStore(() => clock.at);
        const folder = mkdtempSync(join(tmpdir(), "chainferry-model-"));
        const world = await ModelWorld.open(kind, memory.client, clock, folder, stop);
        try {
          const real = { world, rules: new ModelRules() };
          await fc.asyncModelRun(() => ({ model: {}, real }), happens);
          await finish(real, ending);
        } finally {
          await world.close();
        }
      },
    );
    await fc.assert(property, { numRuns: RUNS, ...(SEED === undefined ? {} : { seed: Number(SEED) }) });
  },
  SHRINKING_MS,
);
