import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { SandboxChoice, SandboxSettings } from "@/lib/contracts/sandbox-settings";
import { AppError } from "@/lib/diagnosis/app-error";

/** What the sandbox plays, and whether the next start has one. */
export async function getSandboxSettings({ ctx }: { ctx: Ctx }): Promise<SandboxSettings> {
  requireRole(ctx.actor, "viewer");
  return { ...(await ctx.sandboxHand.read()), scenarios: [...ctx.sandboxHand.scenarios] };
}

/** Plays another scenario at once where a sandbox runs; the rest is for the next start. Throws `validation` for a name that there is not. */
export async function saveSandboxSettings({ ctx, input }: Use<SandboxChoice>): Promise<SandboxSettings> {
  requireRole(ctx.actor, "administrator");
  if (!ctx.sandboxHand.isScenario(input.scenario)) {
    throw new AppError("validation", "invalid_input", {}, [{ path: "scenario", reason: "field_invalid" }]);
  }
  await ctx.sandboxHand.choose(input);
  return getSandboxSettings({ ctx });
}
