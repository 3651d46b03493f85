import { createHash } from "node:crypto";
import { explainMessage } from "@/lib/diagnosis/explain-message";
import type { Prisma } from "./generated/client";

/** What somebody else's service said, and where. */
export interface SaidMessage {
  text: string;
  system: string | null;
  code: string | null;
  requestId: string | null;
  /** Instance and task, a migration, or a call of the API. */
  place: string;
  at: Date;
}

/** Longer than any message; a page of HTML from a proxy is cut. */
const LONGEST_KEPT = 4_000;

/**
 * Keeps a message that no text explains: once, however often it is said, with when it was first and last. What is known
 * is not kept. Whoever calls it decides what counts as said once more.
 */
export async function noteUnknownMessage(
  db: Pick<Prisma.TransactionClient, "$executeRaw">,
  said: SaidMessage,
): Promise<void> {
  const text = said.text.trim().slice(0, LONGEST_KEPT);
  const [system, code] = [said.system ?? "", said.code ?? ""];
  if (text === "" || explainMessage(text) !== null || explainMessage(code) !== null) return;
  const fingerprint = fingerprintOf(system, code, text);
  await db.$executeRaw`
    INSERT INTO "UnknownMessage"
      ("fingerprint", "text", "system", "code", "requestId", "place", "firstSeenAt", "lastSeenAt", "count")
    VALUES (${fingerprint}, ${text}, ${system}, ${code}, ${said.requestId ?? ""}, ${said.place}, ${said.at}, ${said.at}, 1)
    ON CONFLICT ("fingerprint") DO UPDATE SET
      "text" = EXCLUDED."text", "requestId" = EXCLUDED."requestId", "place" = EXCLUDED."place",
      "firstSeenAt" = LEAST("UnknownMessage"."firstSeenAt", EXCLUDED."firstSeenAt"),
      "lastSeenAt" = GREATEST("UnknownMessage"."lastSeenAt", EXCLUDED."lastSeenAt"),
      "count" = "UnknownMessage"."count" + 1`;
}

/** The same message with another request id is the same message. */
function fingerprintOf(system: string, code: string, text: string): string {
  const words = text
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, "*")
    .replaceAll(/\s+/g, " ")
    .toLowerCase();
  return createHash("sha256").update([system, code, words].join("\n")).digest("hex");
}
