import type { Ctx } from "@/lib/context/context";
import { startWatch, type Watch } from "@/lib/engine/start-watch";
import { createLineOut } from "@/lib/network/line-out";
import { forwardAudit } from "@/lib/services/people/forward-audit";

const EVERY_MS = 5_000;

/** Keeps sending the audit to `target` (a URL, see `createLineOut`) while the dashboard runs. What stands in the way is said once. */
export function startForwarding(ctx: Ctx, target: string): Watch {
  const out = createLineOut(new URL(target));
  let said: string | null = null;
  const say = (words: string | null) => {
    if (words !== null && words !== said) ctx.log.error({ target, error: words }, "audit not forwarded");
    if (words === null && said !== null) ctx.log.warn({ target }, "audit forwarded again");
    said = words;
  };
  return startWatch(
    async (signal) => {
      await forwardAudit({ ctx, input: { target, out, signal } });
      say(null);
    },
    EVERY_MS,
    (error) => say(error instanceof Error ? error.message || error.name : "?"),
  );
}
