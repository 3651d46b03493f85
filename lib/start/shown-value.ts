import { IDENTITY_SECRETS } from "./identity-config";

const HIDDEN: ReadonlySet<string> = new Set([
  "CHAINFERRY_METRICS_TOKEN",
  "OTEL_EXPORTER_OTLP_HEADERS",
  ...["ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_SECURITY_TOKEN"],
  "CHAINFERRY_SECRET_KEY",
  "CHAINFERRY_SECRET_KEY_OLD",
  // It may hold what it signs in with.
  "CHAINFERRY_SECRET_KEY_COMMAND",
  ...IDENTITY_SECRETS,
]);
/** Addresses that may hold a password. */
const WITH_PASSWORD: ReadonlySet<string> = new Set([
  ...["DATABASE_URL", "HTTPS_PROXY", "HTTP_PROXY", "OTEL_EXPORTER_OTLP_ENDPOINT"],
  "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
]);

/** The value of a variable as it may be told: secrets, and passwords in addresses, as `***`; all else as it was written. */
export function shownValue(name: string, value: string): string {
  if (HIDDEN.has(name)) return "***";
  if (WITH_PASSWORD.has(name)) return hidePassword(value);
  // Nobody is named in the others, and whoever tries has it hidden.
  return value.replace(/:\/\/[^/?#,]*@/g, "://***@");
}

/** `postgresql://user:***@host/database`; what can't be read may hold one anywhere. */
function hidePassword(text: string): string {
  // A proxy may be written without its scheme.
  if (!text.includes("://")) return /^[^\s=]+$/.test(text) ? text.replace(/^[^@]*@/, "***@") : "***";
  if (!URL.canParse(text)) return "***";
  const url = new URL(text);
  const inQuery = [...url.searchParams.keys()].filter((name) => /password/i.test(name));
  if (url.password === "" && inQuery.length === 0) return text;
  if (url.password !== "") url.password = "***";
  for (const name of inQuery) url.searchParams.set(name, "***");
  return url.href;
}
