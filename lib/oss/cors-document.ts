import type { BucketCors, CorsRule } from "./browser-access";

/** GetBucketCors' document, as ali-oss's XML reader gives it: one element is no array, all is text. */
export function parseCors(data: unknown): BucketCors {
  return {
    rules: listOf(field(data, "CORSRule")).map((rule): CorsRule => {
      const age = Number(field(rule, "MaxAgeSeconds") ?? Number.NaN);
      return {
        allowedOrigins: texts(rule, "AllowedOrigin"),
        allowedMethods: texts(rule, "AllowedMethod"),
        allowedHeaders: texts(rule, "AllowedHeader"),
        exposeHeaders: texts(rule, "ExposeHeader"),
        maxAgeSeconds: Number.isFinite(age) ? age : null,
      };
    }),
    responseVary: field(data, "ResponseVary") === "true",
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

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function texts(rule: unknown, name: string): string[] {
  return listOf(field(rule, name)).filter((text): text is string => typeof text === "string");
}
