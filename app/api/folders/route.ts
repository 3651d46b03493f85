import { ApprovedFolders } from "@/lib/contracts/approved-folders";
import { route } from "@/lib/server/route";
import { getApprovedFolders, saveApprovedFolders } from "@/lib/services/draft/approved-folders";

export const GET = route({
  role: "viewer",
  output: ApprovedFolders,
  handler: ({ ctx }) => getApprovedFolders({ ctx }),
});

export const PUT = route({
  role: "administrator",
  proof: "beyond_sandbox",
  body: ApprovedFolders,
  output: ApprovedFolders,
  handler: ({ ctx, body }) => saveApprovedFolders({ ctx, input: body }),
});
