import { ProductSettings } from "@/lib/contracts/product-settings";
import { route } from "@/lib/server/route";
import { getProductSettings, saveProductSettings } from "@/lib/services/settings/product-settings";

export const GET = route({
  role: "viewer",
  scope: "nothing",
  output: ProductSettings,
  handler: ({ ctx }) => getProductSettings({ ctx }),
});

export const PUT = route({
  role: "administrator",
  proof: "beyond_sandbox",
  before: ({ ctx }) => getProductSettings({ ctx }),
  body: ProductSettings,
  output: ProductSettings,
  handler: ({ ctx, body }) => saveProductSettings({ ctx, input: body }),
});
