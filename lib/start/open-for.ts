import { timingSafeEqual } from "node:crypto";
import { hashToken } from "@/lib/auth/token";
import type { Actor } from "@/lib/context/context";
import type { CtxFactory } from "@/lib/server/ctx-registry";
import { findSession, NOBODY } from "@/lib/services/people/find-session";
import type { Config } from "./config";
import type { Runtime } from "./runtime";

/** Commands on this machine: whoever may read the data folder. Its name stands in the record. */
export const TERMINAL: Actor = { kind: "person", id: "terminal", name: "terminal", role: "administrator" };

/** Who everybody is where nobody signs in. The same person signs in by the link of a first start. */
const LOCAL_ADMINISTRATOR: Actor = {
  kind: "person",
  id: "local",
  name: "administrator",
  role: "administrator",
};

/**
 * Whose request it is: by the key of this machine's commands, else by the session of a browser; where nobody signs in, the local
 * administrator's.
 */
export function openFor(
  { ctxFor }: Pick<Runtime, "ctxFor">,
  { machineKey, signIn }: { machineKey: string; signIn: Config["signIn"] },
): CtxFactory {
  const machineHash = Buffer.from(hashToken(machineKey));
  return async ({ token, machineKey: key, caller }) => {
    if (key !== null && timingSafeEqual(Buffer.from(hashToken(key)), machineHash))
      return ctxFor(TERMINAL, caller);
    if (signIn === "off") return ctxFor(LOCAL_ADMINISTRATOR, caller);
    if (token === null) return ctxFor(NOBODY, caller);
    return ctxFor(await findSession({ ctx: ctxFor(NOBODY, caller), input: { token } }), caller);
  };
}
