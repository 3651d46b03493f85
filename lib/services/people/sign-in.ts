import { nameKey } from "@/lib/auth/name-key";
import { isPassword } from "@/lib/auth/password";
import type { Tx, Use } from "@/lib/context/context";
import { AppError } from "@/lib/diagnosis/app-error";
import { blocked, countFailure, forgetFailures } from "./count-failures";
import { noteAct } from "./note-act";
import { type OpenedSession, openSession } from "./open-session";
import { passkeyInstead } from "./use-passkey";

/**
 * Signs in by name and password. An unknown name, a wrong password and somebody who is shut out get the same answer after the same
 * work. Five failures of a name, or twenty from an address, and both wait; but never the only administrator, who could be
 * locked out by anybody that way.
 * @throws AppError `sign_in_failed`; `sign_in_blocked` with the `minutes` to wait; to who knows the password and has a passkey
 * `passkey_needed`, and under an address that it does not belong to `passkey_elsewhere`.
 */
export async function signIn({
  ctx,
  input,
}: Use<{ name: string; password: string }>): Promise<OpenedSession> {
  const tried = { nameKey: nameKey(input.name), address: ctx.caller?.address ?? "" };
  const person = await ctx.db.person.findUnique({ where: { nameKey: tried.nameKey } });
  const knows = await isPassword(input.password, person?.passwordHash ?? null);
  const subject = input.name.slice(0, 100);
  const opened = await ctx.db.$transaction(async (tx): Promise<OpenedSession | AppError> => {
    const wait = await blocked(ctx, tx, tried);
    if (wait !== null && !(person !== null && (await isOnlyAdministrator(tx, person.id)))) {
      await noteAct(ctx, tx, {
        action: "sign_in",
        subject,
        outcome: "refused",
        detail: { reason: "sign_in_blocked" },
      });
      return wait;
    }
    if (!knows || person === null || person.disabledAt !== null) {
      await noteAct(ctx, tx, {
        action: "sign_in",
        subject,
        outcome: "refused",
        detail: { reason: "sign_in_failed" },
      });
      await countFailure(ctx, tx, tried);
      return new AppError("unauthorized", "sign_in_failed");
    }
    const instead = await passkeyInstead(ctx, tx, person.id);
    if (instead !== null) {
      const { reason } = instead.fields;
      await noteAct(ctx, tx, { action: "sign_in", subject, outcome: "refused", detail: { reason } });
      return instead;
    }
    await noteAct(ctx, tx, { action: "sign_in", subject, detail: { personId: person.id } });
    await forgetFailures(tx, tried);
    return openSession(ctx, tx, person, "password");
  });
  // Thrown here: what was counted and noted stays.
  if (opened instanceof AppError) throw opened;
  return opened;
}

async function isOnlyAdministrator(tx: Tx, personId: string): Promise<boolean> {
  const able = await tx.person.findMany({
    where: { role: "administrator", disabledAt: null, passwordHash: { not: null } },
    select: { id: true },
    take: 2,
  });
  return able.length === 1 && able[0]?.id === personId;
}
