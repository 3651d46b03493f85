import type { z } from "zod";
import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { ObjectListView } from "@/lib/contracts/catalog";
import { loadConnection } from "@/lib/store/load-connection";

const PAGE = 200;

/** A page of objects under a prefix, in OSS's order; folder markers (keys that end in `/`) are left out. */
export async function listObjects({
  ctx,
  input,
}: Use<{
  connectionId: string;
  bucket: string;
  prefix: string;
  continuationToken: string | null;
}>): Promise<z.infer<typeof ObjectListView>> {
  requireRole(ctx.actor, "operator");
  const { id } = await loadConnection(ctx.db, input.connectionId, "cloud_account");
  const store = await ctx.clients.objects(id);
  const page = await store.listObjects({
    bucket: input.bucket,
    prefix: input.prefix,
    limit: PAGE,
    ...(input.continuationToken === null ? {} : { continuationToken: input.continuationToken }),
  });
  return {
    objects: page.objects.filter((object) => !object.key.endsWith("/")),
    nextContinuationToken: page.nextContinuationToken,
  };
}
