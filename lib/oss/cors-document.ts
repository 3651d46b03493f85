import { z } from "zod";
import type { BucketCors, CorsRule } from "./browser-access";
import { xmlList, xmlNumber, xmlText } from "./xml-answer";

const texts = xmlList(z.string());
const Rule = z.object({
  AllowedOrigin: texts,
  AllowedMethod: texts,
  AllowedHeader: texts,
  ExposeHeader: texts,
  MaxAgeSeconds: xmlNumber,
});
const Document = z
  .object({ CORSRule: xmlList(Rule), ResponseVary: xmlText })
  .catch({ CORSRule: [], ResponseVary: null });

/** GetBucketCors' document, as the XML reader gives it. */
export function parseCors(data: unknown): BucketCors {
  const { CORSRule, ResponseVary } = Document.parse(data);
  return {
    rules: CORSRule.map(
      (rule): CorsRule => ({
        allowedOrigins: rule.AllowedOrigin,
        allowedMethods: rule.AllowedMethod,
        allowedHeaders: rule.AllowedHeader,
        exposeHeaders: rule.ExposeHeader,
        maxAgeSeconds: rule.MaxAgeSeconds,
      }),
    ),
    responseVary: ResponseVary === "true",
  };
}

/** PutBucketCors' body. https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketcors */
export function corsDocument({ rules, responseVary }: BucketCors): string {
  const written = rules.map((rule) => {
    const inside = [
      ...rule.allowedOrigins.map((text) => element("AllowedOrigin", text)),
      ...rule.allowedMethods.map((text) => element("AllowedMethod", text)),
      ...rule.allowedHeaders.map((text) => element("AllowedHeader", text)),
      ...rule.exposeHeaders.map((text) => element("ExposeHeader", text)),
      ...(rule.maxAgeSeconds === null ? [] : [element("MaxAgeSeconds", String(rule.maxAgeSeconds))]),
    ];
    return `<CORSRule>${inside.join("")}</CORSRule>`;
  });
  const vary = element("ResponseVary", String(responseVary));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<CORSConfiguration>${written.join("")}${vary}</CORSConfiguration>`;
}

function element(name: string, text: string): string {
  const safe = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<${name}>${safe}</${name}>`;
}
