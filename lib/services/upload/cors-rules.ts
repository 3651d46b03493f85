import type { BucketCors, CorsRule } from "@/lib/oss/browser-access";

/** OSS takes at most 20 rules a bucket. https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketcors */
export const MOST_RULES = 20;
const EXPOSED = ["ETag", "x-oss-hash-crc64ecma", "x-oss-request-id"];
/** A page's request with a presigned URL may carry a type; a strict proxy may add more. */
const SENT = ["content-type"];

/** What a page of `origin` needs of the bucket to send parts there and to compare checksums. */
export function neededRule(origin: string): CorsRule {
  return {
    allowedOrigins: [origin],
    allowedMethods: ["PUT"],
    allowedHeaders: ["*"],
    exposeHeaders: EXPOSED,
    maxAgeSeconds: 600,
  };
}

/** Whether the first rule that answers PUT from `origin` (OSS looks no further) allows and shows all that is needed. */
export function allowsUpload(rules: readonly CorsRule[], origin: string): boolean {
  const rule = rules.find(
    (candidate) =>
      candidate.allowedMethods.includes("PUT") &&
      candidate.allowedOrigins.some((pattern) => isMatch(pattern, origin)) &&
      SENT.every((header) =>
        candidate.allowedHeaders.some((pattern) => isMatch(pattern.toLowerCase(), header)),
      ),
  );
  if (!rule) return false;
  const shown = new Set(rule.exposeHeaders.map((header) => header.toLowerCase()));
  return EXPOSED.every((header) => shown.has(header.toLowerCase()));
}

/** Ours in front, because the first rule that fits is the one that counts; the others stay as they are. */
export function withRule(cors: BucketCors, origin: string): BucketCors {
  const rule = neededRule(origin);
  const others = cors.rules.filter((candidate) => JSON.stringify(candidate) !== JSON.stringify(rule));
  return { ...cors, rules: [rule, ...others] };
}

function isMatch(pattern: string, text: string): boolean {
  const star = pattern.indexOf("*");
  if (star < 0) return pattern === text;
  const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return text.length >= head.length + tail.length && text.startsWith(head) && text.endsWith(tail);
}
