import { z } from "zod";
import type { OnceCall } from "@/lib/store/generated/client";
import type { Look, OnceEffect, OnceLooks, OnceTarget, OnceWorld } from "./once-effect";

/** One CreateAccount as it is kept: without the password. */
export const AccountCallRequest = z.object({
  instanceId: z.string(),
  account: z.string(),
  description: z.string(),
});
export type AccountCallRequest = z.infer<typeof AccountCallRequest>;

/** The row of an account: one of a name at a time, whoever wants it. */
export function accountTarget(
  { instanceId, account }: AccountCallRequest,
  owner: { connectionId: string; migrationId: string | null; stepId: string | null; databaseName: string },
): OnceTarget {
  return {
    subject: `account ${instanceId}/${account}`,
    item: account,
    instanceId,
    fileId: null,
    ...owner,
  };
}

/** How an account is found again: RDS lists it. */
export const accountLooks: OnceLooks = {
  kind: "account",
  graceMs: (lookGraceMs) => lookGraceMs,
  look: lookForAccount,
  stands: lookForAccount,
};

/**
 * CreateAccount. The password is of the call alone: it is in no row, no event and no log. A second call would meet
 * `InvalidAccountName.Duplicate`, or an account that somebody made with another password since.
 */
export function accountEffect(password: string): OnceEffect<AccountCallRequest> {
  return {
    ...accountLooks,
    call: async ({ clients, connectionId }, { instanceId, account, description }) => {
      const rds = await clients.rds(connectionId);
      const { requestId } = await rds.createAccount({ instanceId, name: account, password, description });
      return { reference: account, requestId };
    },
  };
}

async function lookForAccount({ clients, connectionId }: OnceWorld, call: OnceCall): Promise<Look> {
  const { instanceId, account } = AccountCallRequest.parse(call.request);
  const rds = await clients.rds(connectionId);
  const accounts = await rds.listAccounts({ instanceId, name: account });
  return accounts.some(({ name }) => name === account)
    ? { state: "found", reference: account }
    : { state: "absent" };
}
