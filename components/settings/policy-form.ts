import { ProductSettings } from "@/lib/contracts/product-settings";

const MB = 1_000_000;
const MIB = 1024 * 1024;

/** As they are typed, in the order in which they are shown; empty: no limit, for ever. */
export const POLICY_FIELDS = {
  limits: ["lastLogMb", "downtimeMinutes", "uploadLanes", "mibPerSecond"],
  retention: ["recordDays", "progressDays", "deliveryDays"],
} as const;

export type PolicyField = (typeof POLICY_FIELDS)[keyof typeof POLICY_FIELDS][number];
export type PolicyForm = Record<PolicyField, string>;

/** Where the schema names a field otherwise than the form. */
const FIELD_OF: Readonly<Record<string, PolicyField>> = {
  lastLogBytes: "lastLogMb",
  bytesPerSecond: "mibPerSecond",
};

const typed = (value: number | null) => (value === null ? "" : String(value));

export function policyFormOf({ limits, retention }: ProductSettings): PolicyForm {
  return {
    lastLogMb: typed(limits.lastLogBytes / MB),
    downtimeMinutes: typed(limits.downtimeMinutes),
    uploadLanes: typed(limits.uploadLanes),
    mibPerSecond: typed(limits.bytesPerSecond && limits.bytesPerSecond / MIB),
    recordDays: typed(retention.recordDays),
    progressDays: typed(retention.progressDays),
    deliveryDays: typed(retention.deliveryDays),
  };
}

/** What is sent, or the fields that say nothing that may be set. */
export function readPolicyForm(
  form: PolicyForm,
): { ok: true; settings: ProductSettings } | { ok: false; wrong: ReadonlySet<PolicyField> } {
  const number = (field: PolicyField) => (form[field].trim() === "" ? null : Number(form[field]));
  const times = (field: PolicyField, unit: number) => {
    const value = number(field);
    return value === null ? null : Math.round(value * unit);
  };
  const read = ProductSettings.safeParse({
    limits: {
      lastLogBytes: times("lastLogMb", MB),
      downtimeMinutes: number("downtimeMinutes"),
      uploadLanes: number("uploadLanes"),
      bytesPerSecond: times("mibPerSecond", MIB),
    },
    retention: {
      recordDays: number("recordDays"),
      progressDays: number("progressDays"),
      deliveryDays: number("deliveryDays"),
    },
  });
  if (read.success) return { ok: true, settings: read.data };
  const fields = Object.values(POLICY_FIELDS).flat();
  const names = read.error.issues.map(({ path }) => String(path.at(-1)));
  const wrong = names.flatMap((name) => FIELD_OF[name] ?? fields.find((field) => field === name) ?? []);
  return { ok: false, wrong: new Set(wrong) };
}
