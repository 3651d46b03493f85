import { rename } from "node:fs/promises";
import { join } from "node:path";
import type { Ctx } from "@/lib/context/context";
import { SANDBOX_SOURCE_ID } from "@/lib/services/connection/seed-sandbox";
import type { DemoKind } from "./demo-draft";
import type { HandMade } from "./demo-moves";

const WORDS = { full: "FULL", differential: "DIFF", log: "LOG" } as const;

/**
 * The DBA's own backup script, run on the sandbox's server: a file of this name appears in its folder. With `arriveLate`
 * an earlier one is still being copied, and gets its name when that is called.
 */
export async function playDba(input: {
  ctx: Ctx;
  kind: DemoKind;
  what: HandMade;
}): Promise<{ fileName: string; arriveLate?: () => Promise<void> }> {
  const { ctx, kind, what } = input;
  const source = await ctx.clients.source(SANDBOX_SOURCE_ID);
  const named = what === "mistake" || what === "swapped" ? "log" : what;
  const made = what === "mistake" ? "full" : named;
  async function backup(namePrefix = ""): Promise<string> {
    const word = WORDS[named];
    const fileName = `${kind.database}_${word}_${ctx.newId()}.bak`;
    await source.backup({
      database: kind.database,
      kind: made,
      path: `D:\\Backup\\${namePrefix}${fileName}`,
      name: `${kind.database} ${word} ${ctx.newId()}`,
      description: "by hand",
      compression: false,
    });
    return fileName;
  }
  if (what !== "swapped") return { fileName: await backup() };
  // A name with a dot in front is nobody's file yet, as copying tools do it.
  const hidden = ".copying-";
  const late = await backup(hidden);
  const fileName = await backup();
  return { fileName, arriveLate: () => rename(join(kind.folder, hidden + late), join(kind.folder, late)) };
}
