"use client";

import { Ship } from "lucide-react";
import { useState } from "react";
import { CheckModeChoice } from "@/components/check-mode/check-mode-choice";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { PlainForm } from "@/components/ui/plain-form";
import { TextInput } from "@/components/ui/text-input";
import type { MigrationView } from "@/lib/contracts/migration";
import type { StopWrites } from "@/lib/migration/vocabulary/stop-writes";
import { ConditionList } from "../act/condition-list";
import { useAct } from "../act/use-act";
import { WayBackNote } from "../way-back/way-back-note";
import { ChecklistSection } from "./checklist-section";
import { DeadlineField, deadlineOf, type TypedDeadline } from "./deadline-field";
import { ForecastNote } from "./forecast-note";
import { HoldChoice, holdOf, NO_HOLD, type TypedHold } from "./hold-choice";
import { HookSettings } from "./hook-settings";
import { RulesSection } from "./rules-section";
import { StopWritesChoice } from "./stop-writes-choice";
import { TakenBackNote } from "./taken-back-note";

/** Gates, the way to stop writes, the check, and the name typed: then it begins, or is armed and there is nothing more to do here. */
export function CutoverForm({ view, onArmed }: { view: MigrationView; onArmed: () => void }) {
  const { t } = useT();
  const act = useAct(view.id);
  const byOthers = view.backupBy === "others";
  const [stop, setStop] = useState<StopWrites>(byOthers ? "operator" : "restricted_user");
  const [check, setCheck] = useState(view.checkMode ?? "async");
  const [limit, setLimit] = useState<TypedDeadline>({
    minutes: String(view.downtimeLimit ?? ""),
    after: "take_back",
  });
  const [hold, setHold] = useState<TypedHold>(NO_HOLD);
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const state = view.advance;
  const allMet = state.met === view.conditions.length;
  const name = view.target.database ?? "";
  const matches = typed === name;

  const submit = () => {
    setTried(true);
    const deadline = deadlineOf(limit);
    if (deadline === undefined) {
      document.getElementById("deadline-minutes")?.focus();
      return;
    }
    const until = holdOf(hold, Date.now());
    if (until === undefined) {
      document.getElementById(hold.by === "time" ? "hold-at" : "hold-url")?.focus();
      return;
    }
    if (!matches) {
      document.getElementById("confirm-name")?.focus();
      return;
    }
    const limited = deadline ? { deadline } : {};
    act.mutate(
      {
        type: "cutover",
        stopWrites: stop,
        checkMode: check,
        confirmName: typed,
        ...limited,
        ...(until ? { hold: until } : {}),
      },
      until ? { onSuccess: onArmed } : {},
    );
  };
  return (
    <PlainForm className="space-y-5 px-4 py-4 sm:px-6" onSubmit={submit}>
      {view.takenBack ? <TakenBackNote takenBack={view.takenBack} /> : null}
      <div>
        <Callout
          tone={allMet ? "success" : state.ready ? "info" : "warning"}
          title={t("cutover.gates.title", { met: state.met, total: view.conditions.length })}
        >
          {t(allMet ? "cutover.gates.all" : state.ready ? "cutover.gates.soft" : "cutover.gates.open")}
        </Callout>
        <div className="mt-2">
          <ConditionList conditions={view.conditions} />
        </div>
      </div>
      <StopWritesChoice value={stop} onChange={setStop} onlyOperator={byOthers} />
      <CheckModeChoice legendLook="section" value={check} onChange={setCheck} />
      <ForecastNote forecast={view.forecast} />
      <WayBackNote id={view.id} />
      <DeadlineField value={limit} onChange={setLimit} forecast={view.forecast} />
      <HoldChoice value={hold} onChange={setHold} tried={tried} />
      <ChecklistSection view={view} />
      <RulesSection />
      <HookSettings view={view} />
      <Field
        id="confirm-name"
        label={t("cutover.confirm.label", { name })}
        hint={t("cutover.confirm.hint")}
        error={tried && !matches ? t("cutover.confirm.wrong", { name }) : undefined}
      >
        {(control) => (
          <TextInput
            {...control}
            mono
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            className="max-w-90"
          />
        )}
      </Field>
      {act.error ? <ErrorPanel title={t("cutover.failed")} error={act.error} /> : null}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" icon={Ship} busy={act.isPending}>
          {t(
            hold.by !== "now"
              ? "cutover.hold.submit"
              : stop === "operator"
                ? "cutover.submit.operator"
                : "cutover.submit",
          )}
        </Button>
      </div>
    </PlainForm>
  );
}
