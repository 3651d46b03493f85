import { z } from "zod";
import type { CloudCaller } from "./rds-account";
import type { RdsClients } from "./rds-clients";

const text = z.union([z.string(), z.number().transform(String)]).catch("");
const body = z.object({ AccountId: text, IdentityType: text, Arn: text });
const Answer = z.object({ body: body.catch({ AccountId: "", IdentityType: "", Arn: "" }) });

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
  const { body } = Answer.parse(answer);
  return { accountId: body.AccountId, kind: body.IdentityType, arn: body.Arn };
}
