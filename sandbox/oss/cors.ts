import { OssError } from "./oss-error";
import type { XmlNode } from "./parse-xml-body";
import type { CorsRule } from "./records";
import { element } from "./xml-document";

const METHODS = new Set(["GET", "PUT", "DELETE", "POST", "HEAD"]);

/** Reads a CORSConfiguration document. Throws OssError MalformedXML or InvalidArgument. */
export function parseCorsRules(configuration: XmlNode): CorsRule[] {
  const rules = configuration.nodes("CORSRule").map((rule): CorsRule => {
    const age = rule.text("MaxAgeSeconds");
    return {
      allowedOrigins: rule.texts("AllowedOrigin"),
      allowedMethods: rule.texts("AllowedMethod"),
      allowedHeaders: rule.texts("AllowedHeader"),
      exposeHeaders: rule.texts("ExposeHeader"),
      maxAgeSeconds: age === null ? null : Number(age),
    };
  });
  if (rules.length === 0) throw new OssError("MalformedXML");
  for (const rule of rules) {
    if (rule.allowedOrigins.length === 0 || rule.allowedMethods.length === 0)
      throw new OssError("MalformedXML");
    const unknown = rule.allowedMethods.find((method) => !METHODS.has(method));
    if (unknown !== undefined) {
      throw new OssError("InvalidArgument", {
        message: `The cors configuration is invalid: unsupported method ${unknown}.`,
        details: { ArgumentName: "AllowedMethod", ArgumentValue: unknown },
      });
    }
  }
  return rules;
}

export function corsElement(rules: readonly CorsRule[]): string {
  return element(
    "CORSConfiguration",
    rules.map((rule) =>
      element("CORSRule", [
        ...rule.allowedOrigins.map((origin) => element("AllowedOrigin", origin)),
        ...rule.allowedMethods.map((method) => element("AllowedMethod", method)),
        ...rule.allowedHeaders.map((header) => element("AllowedHeader", header)),
        ...rule.exposeHeaders.map((header) => element("ExposeHeader", header)),
        ...(rule.maxAgeSeconds === null ? [] : [element("MaxAgeSeconds", rule.maxAgeSeconds)]),
      ]),
    ),
  );
}

/** A pattern of a rule holds at most one `*`. */
function isMatch(pattern: string, text: string): boolean {
  const star = pattern.indexOf("*");
  if (star < 0) return pattern === text;
  const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return text.length >= head.length + tail.length && text.startsWith(head) && text.endsWith(tail);
}

function findRule(
  rules: readonly CorsRule[],
  asked: { origin: string; method: string; headers: readonly string[] },
): CorsRule | undefined {
  return rules.find(
    (rule) =>
      rule.allowedMethods.includes(asked.method) &&
      rule.allowedOrigins.some((pattern) => isMatch(pattern, asked.origin)) &&
      asked.headers.every((header) =>
        rule.allowedHeaders.some((pattern) => isMatch(pattern.toLowerCase(), header.toLowerCase())),
      ),
  );
}

/** CORS headers of an ordinary answer; none when there is no Origin or no rule for it. */
export function corsHeaders(
  rules: readonly CorsRule[],
  asked: { origin: string; method: string },
): Record<string, string> {
  if (asked.origin === "") return {};
  const rule = findRule(rules, { ...asked, headers: [] });
  if (rule === undefined) return {};
  return {
    "Access-Control-Allow-Origin": rule.allowedOrigins.includes("*") ? "*" : asked.origin,
    "Access-Control-Allow-Methods": rule.allowedMethods.join(", "),
    "Access-Control-Expose-Headers": rule.exposeHeaders.join(", "),
    "Access-Control-Max-Age": String(rule.maxAgeSeconds ?? 0),
    Vary: "Origin",
  };
}

/** Headers that answer a preflight (OPTIONS). Throws OssError AccessForbidden when no rule allows the request. */
export function preflightHeaders(
  rules: readonly CorsRule[],
  asked: { origin: string; method: string; headers: string },
): Record<string, string> {
  if (rules.length === 0) throw new OssError("AccessForbidden");
  const headers = asked.headers
    .split(",")
    .map((header) => header.trim())
    .filter((header) => header !== "");
  if (asked.origin === "" || findRule(rules, { ...asked, headers }) === undefined) {
    throw new OssError("AccessForbidden", {
      message:
        "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource CORS spec.",
    });
  }
  return {
    ...corsHeaders(rules, asked),
    "Access-Control-Allow-Headers": headers.join(", "),
  };
}
