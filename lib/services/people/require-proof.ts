import type { Ctx } from "@/lib/context/context";
import { AppError } from "@/lib/diagnosis/app-error";
import { placeIfAny } from "./passkey-attempt";
import { PROOF_MS } from "./session-limits";

/**
 * What must not be done from a page that somebody left open. `beyond_sandbox`: who has no password yet may do it as long as there
 * is nothing but the sandbox.
 */
export type ProofNeed = "always" | "beyond_sandbox";

/**
 * Throws `reauthentication_required` unless whoever asks has shown within 5 minutes who they are: `by` says how they can,
 * `passkey` where one of theirs belongs to this address, `password` (of ours or of the directory), `provider`, or `new_password` for who came by a link and has none. Commands of this machine have shown it by reading the key
 * of the data folder, and where nobody signs in nobody can.
 */
export async function requireProof(ctx: Ctx, need: ProofNeed): Promise<void> {
  const { actor } = ctx;
  if (ctx.system.signIn === "off" || actor.kind !== "person" || actor.sessionId === undefined) return;
  const session = await ctx.db.session.findUnique({
    where: { id: actor.sessionId },
    select: {
      provedAt: true,
      person: {
        select: {
          passwordHash: true,
          identities: { select: { kind: true } },
          passkeys: { select: { host: true } },
        },
      },
    },
  });
  if (session === null) throw new AppError("unauthorized", "sign_in_needed");
  if (ctx.now().getTime() - session.provedAt.getTime() < PROOF_MS) return;
  const host = placeIfAny(ctx)?.host;
  const by = session.person.passkeys.some((each) => each.host === host) ? "passkey" : proofOf(session.person);
  if (by === "new_password" && need === "beyond_sandbox" && (await hasOnlySandbox(ctx))) return;
  throw new AppError("unauthorized", "reauthentication_required", { by });
}

function proofOf({
  passwordHash,
  identities,
}: {
  passwordHash: string | null;
  identities: { kind: string }[];
}) {
  if (passwordHash !== null || identities.some(({ kind }) => kind === "directory")) return "password";
  return identities.length > 0 ? "provider" : "new_password";
}

async function hasOnlySandbox({ db }: Ctx): Promise<boolean> {
  return (await db.connection.count({ where: { sandbox: false, archivedAt: null } })) === 0;
}
