import { z } from "zod";
import { CloudAccountSettings, credentialOf, SqlServerSettings } from "./connection";

const name = z.string().trim().min(1).max(80);
const secret = z.string().max(256);
/** Tokens of STS have no stated limit; those seen have some hundred characters. */
const securityToken = z.string().trim().max(8192).optional();

const sqlServer = { kind: z.literal("sql_server"), name, settings: SqlServerSettings } as const;
const cloudAccount = {
  kind: z.literal("cloud_account"),
  name,
  settings: CloudAccountSettings,
  secret,
  securityToken,
} as const;

interface CloudInput {
  settings: CloudAccountSettings;
  secret: string;
  securityToken?: string | undefined;
}

/** What a kind of credential consists of. `keeps`: an empty secret stands for the saved ones. */
function checkCloud(
  { settings, secret, securityToken }: CloudInput,
  issues: { addIssue(issue: { code: "custom"; message: string; path: string[] }): void },
  keeps: boolean,
): void {
  const kind = credentialOf(settings);
  const missing = (path: string[]) => issues.addIssue({ code: "custom", message: "required", path });
  if (kind === "default_chain") return;
  if (settings.accessKeyId === "") missing(["settings", "accessKeyId"]);
  if (secret === "" && !keeps) missing(["secret"]);
  const tokenKept = keeps && secret === "";
  if (kind === "sts" && !securityToken && !tokenKept) missing(["securityToken"]);
}

export const SaveConnectionInput = z.discriminatedUnion("kind", [
  z.strictObject({ ...sqlServer, secret: secret.min(1) }),
  z.strictObject(cloudAccount).superRefine((input, issues) => checkCloud(input, issues, false)),
]);
export type SaveConnectionInput = z.infer<typeof SaveConnectionInput>;

/** Of a saved connection: empty secrets keep those that are stored. */
export const UpdateConnectionInput = z.discriminatedUnion("kind", [
  z.strictObject({ ...sqlServer, secret }),
  z.strictObject(cloudAccount).superRefine((input, issues) => checkCloud(input, issues, true)),
]);
export type UpdateConnectionInput = z.infer<typeof UpdateConnectionInput>;
