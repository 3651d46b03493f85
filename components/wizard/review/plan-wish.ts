import type { PlanWish } from "@/lib/client/plan-query";

/** What a person types beside a plan, as it stands in the fields. */
export interface PlanFields {
  /** `2026-06-14T22:30` in the viewer's zone, or empty: as early as it goes. */
  cutover: string;
  /** MB (10^6 bytes) a second; the log's growth a minute. Empty: a prior. */
  upload: string;
  restore: string;
  growth: string;
}

export const NO_FIELDS: PlanFields = { cutover: "", upload: "", restore: "", growth: "" };

export const PLAN_RATES = ["upload", "restore", "growth"] as const;

const MB = 1_000_000;

/** The fields that hold something which is no rate above 0, or no instant. */
export function wrongFields(fields: PlanFields): (keyof PlanFields)[] {
  const wrong = PLAN_RATES.filter((field) => fields[field].trim() !== "" && readRate(fields[field]) === null);
  const isInstant = fields.cutover === "" || !Number.isNaN(Date.parse(fields.cutover));
  return isInstant ? wrong : ["cutover", ...wrong];
}

/** What to ask the server for. Fields that are wrong are left out. */
export function planWish(databaseBytes: number, fields: PlanFields): PlanWish {
  const rate = (name: string, text: string, perSecond: number) => {
    const value = readRate(text);
    return value === null ? {} : { [name]: String(value * perSecond) };
  };
  const at = fields.cutover === "" ? Number.NaN : Date.parse(fields.cutover);
  return {
    databaseBytes: String(databaseBytes),
    ...(Number.isNaN(at) ? {} : { cutoverAt: new Date(at).toISOString() }),
    ...rate("upload", fields.upload, MB),
    ...rate("restore", fields.restore, MB),
    ...rate("log_growth", fields.growth, MB / 60),
  };
}

/** A number above 0 with a point or a comma; null for anything else. */
function readRate(text: string): number | null {
  const value = Number(text.trim().replace(",", "."));
  return text.trim() !== "" && Number.isFinite(value) && value > 0 && value <= 1_000_000 ? value : null;
}
