import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { type ConnectionView, credentialOf } from "@/lib/contracts/connection";
import { UpdateConnectionInput } from "@/lib/contracts/connection-input";
import { AppError } from "@/lib/diagnosis/app-error";
import type { Connection, Prisma } from "@/lib/store/generated/client";
import { loadConnection, storedCloudAccount, storedSqlServer, usersOf } from "@/lib/store/load-connection";
import { toConnectionView } from "./connection-view";
import { packSecret } from "./pack-secret";
import { withPlainAddress } from "./plain-address";
import { secretRow } from "./secret-row";

/**
 * Changes a connection; an empty secret keeps the stored one. Where the address or the account changes the secret must be
 * given again, or a stored secret could be sent to a server of the caller's choice.
 */
export async function updateConnection({
  ctx,
  input,
}: Use<{ connectionId: string; save: UpdateConnectionInput }>): Promise<ConnectionView> {
  requireRole(ctx.actor, "administrator");
  const save = withPlainAddress(UpdateConnectionInput.parse(input.save));
  const view = await ctx.db.$transaction(async (tx) => {
    const row = await loadConnection(tx, input.connectionId);
    if (row.sandbox) throw new AppError("conflict", "connection_of_sandbox");
    if (row.kind !== save.kind) throw new AppError("conflict", "connection_kind_fixed");
    if (save.secret === "" && !hasNoSecret(save) && isElsewhere(row, save)) {
      throw new AppError("validation", "secret_needed_for_new_target", {}, [
        { path: "secret", reason: "field_required" },
      ]);
    }
    const data: Prisma.ConnectionUpdateInput = { name: save.name, config: save.settings };
    if (save.secret !== "" || hasNoSecret(save))
      data.secretSealed = ctx.sealer.seal(packSecret(save), secretRow(row.id));
    const saved = await tx.connection.update({ where: { id: row.id }, data });
    return toConnectionView(saved, await tx.migration.count({ where: usersOf(row.id) }));
  });
  await ctx.clients.forget(input.connectionId);
  return view;
}

/** The machine's own credentials: nothing to keep and nothing to type. */
function hasNoSecret(save: UpdateConnectionInput): boolean {
  return save.kind === "cloud_account" && credentialOf(save.settings) === "default_chain";
}

/** From the strongest to none. */
const PROTECTION = ["strict", "on", "legacy", "optional", "off"] as const;

/** Whether the secret would go to another place, or belong to another account, than before. */
function isElsewhere(row: Connection, save: UpdateConnectionInput): boolean {
  if (save.kind === "sql_server") {
    const before = storedSqlServer(row);
    const after = save.settings;
    // Weaker protection on the way is another place, too.
    const weaker =
      (after.trustServerCertificate && !before.trustServerCertificate) ||
      PROTECTION.indexOf(after.encrypt) > PROTECTION.indexOf(before.encrypt);
    return (
      weaker ||
      before.host !== after.host ||
      before.port !== after.port ||
      before.instanceName !== after.instanceName ||
      before.user !== after.user ||
      trustsOthers(before, after)
    );
  }
  const before = storedCloudAccount(row);
  const after = save.settings;
  return (
    credentialOf(before) !== credentialOf(after) ||
    before.accessKeyId !== after.accessKeyId ||
    before.regionId !== after.regionId ||
    before.rdsEndpoint !== after.rdsEndpoint ||
    before.ramEndpoint !== after.ramEndpoint ||
    before.ossEndpoint !== after.ossEndpoint ||
    (before.ossDomain ?? null) !== (after.ossDomain ?? null) ||
    trustsOthers(before, after)
  );
}

/** Who is trusted anew could stand in for the server. */
function trustsOthers(
  before: { certificateAuthority?: string | null | undefined },
  after: { certificateAuthority?: string | null | undefined },
): boolean {
  return (
    Boolean(after.certificateAuthority) &&
    (before.certificateAuthority ?? null) !== after.certificateAuthority
  );
}
