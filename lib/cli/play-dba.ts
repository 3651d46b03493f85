import { SANDBOX_SOURCE_ID } from "@/lib/services/connection/seed-sandbox";
import type { Ctx } from "@/lib/services/context";
import type { DemoKind } from "./demo-draft";

/** The DBA's own backup script, run on the sandbox's server: a file of this name appears in its folder. */
export async function playDba(input: {
  ctx: Ctx;
  kind: DemoKind;
  what: "full" | "differential" | "log" | "mistake";
}): Promise<string> {
  const { ctx, kind, what } = input;
  const source = await ctx.clients.source(SANDBOX_SOURCE_ID);
  const word = what === "full" ? "FULL" : what === "differential" ? "DIFF" : "LOG";
  const fileName = `${kind.database}_${word}_${ctx.newId()}.bak`;
  await source.backup({
    database: kind.database,
    kind: what === "mistake" ? "full" : what,
    path: `D:\\Backup\\${fileName}`,
    name: `${kind.database} ${word} ${ctx.newId()}`,
    description: "by hand",
    compression: false,
  });
  return fileName;
}
