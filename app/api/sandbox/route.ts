import { SandboxChoice, SandboxSettings } from "@/lib/contracts/sandbox-settings";
import { route } from "@/lib/server/route";
import { getSandboxSettings, saveSandboxSettings } from "@/lib/services/settings/sandbox-settings";

export const GET = route({
  role: "viewer",
  scope: "nothing",
  output: SandboxSettings,
  handler: ({ ctx }) => getSandboxSettings({ ctx }),
});

export const PUT = route({
  role: "administrator",
  proof: "beyond_sandbox",
  before: ({ ctx }) => getSandboxSettings({ ctx }),
  body: SandboxChoice,
  output: SandboxSettings,
  handler: ({ ctx, body }) => saveSandboxSettings({ ctx, input: body }),
});
