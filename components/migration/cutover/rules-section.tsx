"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { cutoverRulesQuery, saveCutoverRules } from "@/lib/client/cutover-rules-query";
import { type CutoverRules, NO_RULES } from "@/lib/contracts/cutover-rules";
import { instantInZone, zonesToChoose } from "@/lib/format/instant-in-zone";
import { viewersZone } from "@/lib/format/viewers-zone";

const EMPTY = { name: "", from: "", until: "" };

/** What holds for the cutovers of all migrations, behind a button: it is asked for when somebody looks. */
export function RulesSection() {
  const { t } = useT();
  const [open, setOpen] = useState(false);
  return (
    <section aria-labelledby="rules-title" className="space-y-2">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h3 id="rules-title" className="font-semibold">
          {t("readiness.rules")}
        </h3>
        <Button size="sm" onClick={() => setOpen(!open)} aria-expanded={open}>
          {t(open ? "readiness.rules.close" : "readiness.rules.open")}
        </Button>
      </div>
      <p className="text-fg-2 text-table">{t("readiness.rules.text")}</p>
      {open ? <Rules /> : null}
    </section>
  );
}

/** Times in which no cutover begins, and whether a second person approves. */
function Rules() {
  const { t } = useT();
  const format = useFormat();
  const [timeZone, setTimeZone] = useState(viewersZone);
  const rules = useQuery(cutoverRulesQuery).data ?? NO_RULES;
  const save = useMutation(saveCutoverRules(useQueryClient()));
  const [typed, setTyped] = useState(EMPTY);
  const [tried, setTried] = useState(false);
  const set = (part: Partial<CutoverRules>) => save.mutate({ ...rules, ...part });
  const [from, until] = [instantInZone(typed.from, timeZone), instantInZone(typed.until, timeZone)];
  const isWhole = typed.name.trim() !== "" && from < until;
  const instant = (ms: number) => new Date(ms).toISOString();
  return (
    <div className="space-y-2">
      <ul className="space-y-1 text-table">
        {rules.freezes.map((freeze, index) => (
          <li key={`${freeze.name}${freeze.from}`} className="flex items-start justify-between gap-2">
            <span>
              {t("readiness.freeze", {
                name: freeze.name,
                from: format.instant(freeze.from, "short", knownZone(freeze.timeZone)),
                until: format.instant(freeze.until, "short", knownZone(freeze.timeZone)),
                zone: knownZone(freeze.timeZone),
              })}
            </span>
            <Button
              size="sm"
              variant="ghost"
              aria-label={t("readiness.line.remove.of", { text: freeze.name })}
              onClick={() => set({ freezes: rules.freezes.filter((_, at) => at !== index) })}
            >
              {t("readiness.line.remove")}
            </Button>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-end gap-2">
        {(["name", "from", "until"] as const).map((field) => (
          <Field
            key={field}
            id={`freeze-${field}`}
            label={t(`readiness.freeze.${field}`, { zone: timeZone })}
            error={tried && !isWhole && field === "until" ? t("readiness.freeze.wrong") : undefined}
          >
            {(control) => (
              <TextInput
                {...control}
                type={field === "name" ? "text" : "datetime-local"}
                value={typed[field]}
                onChange={(event) => setTyped({ ...typed, [field]: event.target.value })}
              />
            )}
          </Field>
        ))}
        <Field label={t("readiness.freeze.zone")}>
          {(control) => (
            <Select {...control} value={timeZone} onChange={(event) => setTimeZone(event.target.value)}>
              {zonesToChoose(viewersZone()).map((zone) => (
                <option key={zone} value={zone}>
                  {zone}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Button
          busy={save.isPending}
          onClick={() => {
            setTried(true);
            if (!isWhole) {
              document.getElementById(typed.name.trim() === "" ? "freeze-name" : "freeze-until")?.focus();
              return;
            }
            const freeze = { name: typed.name.trim(), from: instant(from), until: instant(until), timeZone };
            set({ freezes: [...rules.freezes, freeze] });
            setTyped(EMPTY);
            setTried(false);
          }}
        >
          {t("readiness.freeze.add")}
        </Button>
      </div>
      <Checkbox
        checked={rules.approval}
        onChange={(approval) => set({ approval })}
        label={t("readiness.approval")}
        hint={t("readiness.approval.text")}
      />
      {save.error ? <ErrorPanel title={t("readiness.failed")} error={save.error} /> : null}
    </div>
  );
}

/** The zone that a freeze was set in; one that this browser does not know is shown in UTC, and says so. */
function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}
