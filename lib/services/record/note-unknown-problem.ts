import type { Use } from "@/lib/context/context";
import type { Problem } from "@/lib/contracts/problem";
import { noteUnknownMessage } from "@/lib/store/note-unknown-message";

/** What a route answers with somebody else's words in it: kept where no text explains them. `place` is the route's path. */
export async function noteUnknownProblem({
  ctx,
  input,
}: Use<{ provider: Problem["provider"]; place: string }>): Promise<void> {
  const { provider, place } = input;
  if (!provider) return;
  const { system, code, requestId, message: text } = provider;
  await noteUnknownMessage(ctx.db, { text, system, code, requestId, place, at: ctx.now() });
}
