"use client";

import { useT } from "@/components/locale/i18n-provider";
import { ChoiceCards } from "@/components/ui/choice-cards";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import type { HoldUntil } from "@/lib/migration/armed-cutover";

const CHOICES = ["now", "person", "time", "http"] as const;

/** As it is typed; `at` is what a field of date and time holds, on the clock of this browser. */
export interface TypedHold {
  by: (typeof CHOICES)[number];
  at: string;
  url: string;
}

export const NO_HOLD: TypedHold = { by: "now", at: "", url: "" };

/** Null: it begins at once. Undefined: what is typed is no time to come, or no address. */
export function holdOf({ by, at, url }: TypedHold, nowMs: number): HoldUntil | null | undefined {
  switch (by) {
    case "now":
      return null;
    case "person":
      return { by };
    case "time": {
      const ms = Date.parse(at);
      return ms > nowMs ? { by, at: new Date(ms).toISOString() } : undefined;
    }
    case "http":
      return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? { by, url } : undefined;
  }
}

interface HoldChoiceProps {
  value: TypedHold;
  onChange: (value: TypedHold) => void;
  /** It was tried to send what is typed. */
  tried: boolean;
}

/** Whether the cutover begins at once, or is armed and waits. */
export function HoldChoice({ value, onChange, tried }: HoldChoiceProps) {
  const { t } = useT();
  const isWrong = tried && holdOf(value, Date.now()) === undefined;
  return (
    <div className="space-y-3">
      <ChoiceCards
        legend={t("cutover.hold.title")}
        legendLook="section"
        columns={2}
        value={value.by}
        onChange={(by) => onChange({ ...value, by })}
        choices={CHOICES.map((by) => ({
          value: by,
          title: t(`cutover.hold.${by}`),
          text: t(`cutover.hold.${by}.text`),
        }))}
      />
      {value.by === "time" ? (
        <Field
          id="hold-at"
          label={t("cutover.hold.at")}
          error={isWrong ? t("cutover.hold.at.wrong") : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              type="datetime-local"
              value={value.at}
              onChange={(event) => onChange({ ...value, at: event.target.value })}
              className="max-w-60"
            />
          )}
        </Field>
      ) : null}
      {value.by === "http" ? (
        <Field
          id="hold-url"
          label={t("cutover.hold.url")}
          error={isWrong ? t("cutover.hold.url.wrong") : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              mono
              value={value.url}
              onChange={(event) => onChange({ ...value, url: event.target.value })}
            />
          )}
        </Field>
      ) : null}
    </div>
  );
}
