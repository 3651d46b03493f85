"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { AskDialog } from "@/components/ask/ask-dialog";
import { CheckModeChoice } from "@/components/check-mode/check-mode-choice";
import { useT } from "@/components/locale/i18n-provider";
import { StopWritesChoice } from "@/components/migration/cutover/stop-writes-choice";
import { ChoiceCards } from "@/components/ui/choice-cards";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { actOnWave } from "@/lib/client/wave-queries";
import type { WaveView } from "@/lib/contracts/wave";
import type { CheckMode } from "@/lib/migration/vocabulary/check-mode";
import { DEADLINE_AFTERS } from "@/lib/migration/vocabulary/deadline";
import type { StopWrites } from "@/lib/migration/vocabulary/stop-writes";
import { numberIn } from "../form/number-in";

const ORDERS = ["sequence", "one_row", "together"] as const;
const WHENS = ["hand", "window"] as const;
const LONGEST_WAIT = 7 * 24 * 60;
const LONGEST_DEADLINE = 24 * 60;

/** Asks for the cutover of all members: in which order, by when each, and when the clock runs. */
export function ArmDialog({ wave, onClose }: { wave: WaveView; onClose: () => void }) {
  const { t } = useT();
  const act = useMutation(actOnWave(useQueryClient(), wave.id));
  const [order, setOrder] = useState<(typeof ORDERS)[number]>("sequence");
  const [wait, setWait] = useState("");
  const [minutes, setMinutes] = useState("10");
  const [after, setAfter] = useState<(typeof DEADLINE_AFTERS)[number]>("take_back");
  const [when, setWhen] = useState<(typeof WHENS)[number]>("hand");
  const [opens, setOpens] = useState("");
  const [closes, setCloses] = useState("");
  const [asked, setAsked] = useState(false);
  const [stopWrites, setStopWrites] = useState<StopWrites>(
    wave.form.backupBy === "others" ? "operator" : "restricted_user",
  );
  const [checkMode, setCheckMode] = useState<CheckMode>(wave.form.checkMode);
  const waitMinutes = numberIn(wait, 0, LONGEST_WAIT);
  const deadline = numberIn(minutes, 0.1, LONGEST_DEADLINE);
  const window = when === "hand" ? null : windowOf(opens, closes, Date.parse(wave.serverNow));
  const wrong = t("wave.arm.number.wrong");
  const submit = () => {
    setAsked(true);
    if (waitMinutes === undefined || deadline === undefined || window === undefined) return;
    act.mutate(
      {
        type: "arm",
        cutover: {
          mode: order === "together" ? "together" : "sequence",
          perInstance: order !== "one_row",
          waitMinutes: order === "together" ? 0 : (waitMinutes ?? 0),
          deadline: deadline === null ? null : { minutes: deadline, after },
          window,
          stopWrites,
          checkMode,
        },
      },
      { onSuccess: onClose },
    );
  };
  return (
    <AskDialog
      size="lg"
      title={t("wave.arm.title", { name: wave.name })}
      description={t("wave.arm.text")}
      confirm={t("wave.arm.confirm")}
      busy={act.isPending}
      error={act.error}
      failed={t("wave.act.failed")}
      onConfirm={submit}
      onClose={onClose}
    >
      <ChoiceCards
        legend={t("wave.arm.mode")}
        value={order}
        onChange={setOrder}
        choices={ORDERS.map((value) => ({ value, title: t(`wave.arm.${value}`) }))}
      />
      <div className="grid gap-x-6 sm:grid-cols-3">
        {order === "together" ? null : (
          <Field
            label={t("wave.arm.wait")}
            hint={t("wave.arm.wait.hint")}
            error={waitMinutes === undefined ? wrong : undefined}
          >
            {(control) => (
              <TextInput
                {...control}
                inputMode="decimal"
                value={wait}
                onChange={({ target }) => setWait(target.value)}
              />
            )}
          </Field>
        )}
        <Field
          label={t("wave.arm.minutes")}
          hint={t("wave.arm.minutes.hint")}
          error={deadline === undefined ? wrong : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              inputMode="decimal"
              value={minutes}
              onChange={({ target }) => setMinutes(target.value)}
            />
          )}
        </Field>
        {deadline == null ? null : (
          <Field label={t("wave.arm.after")}>
            {(control) => (
              <Select
                {...control}
                value={after}
                onChange={({ target }) =>
                  setAfter(DEADLINE_AFTERS.find((one) => one === target.value) ?? after)
                }
              >
                {DEADLINE_AFTERS.map((value) => (
                  <option key={value} value={value}>
                    {t(`cutover.deadline.${value}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
      </div>
      <ChoiceCards
        legend={t("wave.arm.when")}
        columns={2}
        value={when}
        onChange={setWhen}
        choices={WHENS.map((value) => ({ value, title: t(`wave.arm.${value}`) }))}
      />
      {when === "window" ? (
        <div className="grid gap-x-6 sm:grid-cols-2">
          <Field
            label={t("wave.arm.opens")}
            error={asked && window === undefined ? t("wave.arm.window.wrong") : undefined}
          >
            {(control) => (
              <TextInput
                {...control}
                type="datetime-local"
                value={opens}
                onChange={({ target }) => setOpens(target.value)}
              />
            )}
          </Field>
          <Field label={t("wave.arm.closes")}>
            {(control) => (
              <TextInput
                {...control}
                type="datetime-local"
                value={closes}
                onChange={({ target }) => setCloses(target.value)}
              />
            )}
          </Field>
        </div>
      ) : null}
      <StopWritesChoice
        value={stopWrites}
        onChange={setStopWrites}
        onlyOperator={wave.form.backupBy === "others"}
      />
      <CheckModeChoice value={checkMode} onChange={setCheckMode} legendLook="section" />
    </AskDialog>
  );
}

/** What was typed, on this browser's clock; undefined: it is no window that is still to come. */
function windowOf(
  opens: string,
  closes: string,
  nowMs: number,
): { opensAt: string; closesAt: string } | undefined {
  const [from, until] = [Date.parse(opens), Date.parse(closes)];
  if (Number.isNaN(from) || Number.isNaN(until) || until <= from || until <= nowMs) return undefined;
  return { opensAt: new Date(from).toISOString(), closesAt: new Date(until).toISOString() };
}
