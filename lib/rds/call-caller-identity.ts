import type { CloudCaller } from "./rds-account";
import type { RdsClients } from "./rds-clients";

/**
 * STS GetCallerIdentity over the SDKs' common client: this one call needs no package of its own.
 * https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-getcalleridentity
 */
export async function callCallerIdentity({ sdk, sts }: RdsClients): Promise<CloudCaller> {
  const answer: unknown = await sts.callApi(
    new sdk.openApi.Params({
      action: "GetCallerIdentity",
      version: "2015-04-01",
      protocol: "HTTPS",
      pathname: "/",
      method: "POST",
      authType: "AK",
      style: "RPC",
      reqBodyType: "formData",
      bodyType: "json",
    }),
    new sdk.openApi.OpenApiRequest({}),
    new sdk.dara.RuntimeOptions({}),
  );
  const body = fieldOf(answer, "body");
  const text = (key: string) => String(fieldOf(body, key) ?? "");
  return { accountId: text("AccountId"), kind: text("IdentityType"), arn: text("Arn") };
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
