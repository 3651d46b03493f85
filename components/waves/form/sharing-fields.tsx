"use client";

import { useQuery } from "@tanstack/react-query";
import { useT } from "@/components/locale/i18n-provider";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { wavesQuery } from "@/lib/client/wave-queries";
import { WAVE_ORDERS } from "@/lib/wave/wave-rules";
import { numberIn } from "./number-in";
import type { SharingForm } from "./wave-form";

interface SharingFieldsProps {
  form: SharingForm;
  onChange: (more: Partial<SharingForm>) => void;
  /** Of the wave itself: it can't follow itself. */
  ownId: string | null;
  /** It was tried to save: what is wrong is said. */
  asked: boolean;
}

/** How the members of the wave share what they have in common. */
export function SharingFields({ form, onChange, ownId, asked }: SharingFieldsProps) {
  const { t } = useT();
  const waves = useQuery(wavesQuery());
  const others = (waves.data?.waves ?? []).filter(({ id }) => id !== ownId);
  const count = (name: "sourcesAtOnce" | "restoresAtOnce", label: string) => (
    <Field
      label={label}
      error={asked && numberIn(form[name], 1, 20) == null ? t("wave.form.count.wrong") : undefined}
    >
      {(control) => (
        <TextInput
          {...control}
          inputMode="numeric"
          value={form[name]}
          onChange={({ target }) => onChange({ [name]: target.value })}
        />
      )}
    </Field>
  );
  const isLineWrong = numberIn(form.megabytesPerSecond, 0.1, 100_000) === undefined;
  return (
    <div className="grid gap-x-6 px-4 pt-4 sm:grid-cols-2 lg:grid-cols-3">
      <Field label={t("wave.form.order")}>
        {(control) => (
          <Select
            {...control}
            value={form.order}
            onChange={({ target }) =>
              onChange({ order: WAVE_ORDERS.find((order) => order === target.value) ?? form.order })
            }
          >
            {WAVE_ORDERS.map((order) => (
              <option key={order} value={order}>
                {t(`wave.form.order.${order}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {count("sourcesAtOnce", t("wave.form.sources"))}
      {count("restoresAtOnce", t("wave.form.restores"))}
      <Field
        label={t("wave.form.line")}
        hint={t("wave.form.line.hint")}
        error={isLineWrong ? t("wave.form.line.wrong") : undefined}
      >
        {(control) => (
          <TextInput
            {...control}
            inputMode="decimal"
            value={form.megabytesPerSecond}
            onChange={({ target }) => onChange({ megabytesPerSecond: target.value })}
          />
        )}
      </Field>
      <Field label={t("wave.form.follows")}>
        {(control) => (
          <Select
            {...control}
            value={form.afterWaveId ?? ""}
            onChange={({ target }) => onChange({ afterWaveId: target.value || null })}
          >
            <option value="">{t("wave.form.follows.none")}</option>
            {others.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {form.afterWaveId === null ? null : (
        <Field
          label={t("wave.form.follows.hours")}
          error={asked && numberIn(form.afterHours, 0, 720) == null ? t("wave.form.hours.wrong") : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              inputMode="decimal"
              value={form.afterHours}
              onChange={({ target }) => onChange({ afterHours: target.value })}
            />
          )}
        </Field>
      )}
    </div>
  );
}
