import { nameKey } from "@/lib/auth/name-key";
import type { Ctx, Use } from "@/lib/context/context";
import { AppError } from "@/lib/diagnosis/app-error";
import type { Directory } from "@/lib/identity/directory/directory";
import { countFailure, forgetFailures, requireNotBlocked } from "./count-failures";
import { openKnown } from "./known-sign-in";
import { noteAct } from "./note-act";
import type { OpenedSession } from "./open-session";

/**
 * Signs in by what somebody is called in the directory, and their password there, which is kept nowhere. Failures are counted apart from those
 * of names of ours; who has to wait is not asked about there, where failures may lock an account.
 * @throws AppError `sign_in_failed`, `sign_in_blocked`, `directory_not_set`, `directory_password_expired`, `identity_no_role`,
 * `identity_shut_out`, and what was wrong with the directory.
 */
export async function signInByDirectory({
  ctx,
  input,
}: Use<{ name: string; password: string }>): Promise<OpenedSession> {
  const directory = directoryOf(ctx);
  // Two spaces: no name of ours has them when it is compared.
  const tried = {
    nameKey: `directory  ${nameKey(input.name)}`,
    address: ctx.caller?.address ?? "",
  };
  const subject = input.name.slice(0, 100);
  await requireNotBlocked(ctx, tried);
  const known = await directory.identify(input.name, input.password);
  const opened = await ctx.db.$transaction(async (tx) => {
    if (known === null) {
      await noteAct(ctx, tx, {
        ...{ action: "sign_in", subject, outcome: "refused" },
        detail: { reason: "sign_in_failed", by: "directory" },
      });
      await countFailure(ctx, tx, tried);
      return new AppError("unauthorized", "sign_in_failed");
    }
    await forgetFailures(tx, tried);
    const { name, issuer } = directory;
    return openKnown(ctx, tx, { kind: "directory", name, issuer }, known);
  });
  // Thrown here: what was counted and noted stays.
  if (opened instanceof AppError) throw opened;
  return opened;
}

/** Whether a password opens the entry by which somebody is known, of whatever name it is by now. */
export async function isDirectoryPassword(
  ctx: Ctx,
  identity: { subject: string; name: string },
  password: string,
): Promise<boolean> {
  const known = await directoryOf(ctx).identify(identity.name, password);
  return known !== null && known.subject === identity.subject;
}

function directoryOf({ identity }: Ctx): Directory {
  if (identity.directory === null) throw new AppError("precondition_failed", "directory_not_set");
  return identity.directory;
}
