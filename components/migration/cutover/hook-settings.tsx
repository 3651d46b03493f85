"use client";

import { useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { ChoiceCards } from "@/components/ui/choice-cards";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import type { MigrationView } from "@/lib/contracts/migration";
import { HOOK_MOMENTS, HOOK_OTHERWISE } from "@/lib/migration/vocabulary/hook-moment";
import { useAct } from "../act/use-act";
import { typedHook, wishOf, wrongInHook } from "./hook-form";

/** What is called before and after the phases of the cutover, and the form that sets it. It is kept with the migration. */
export function HookSettings({ view }: { view: MigrationView }) {
  const { t } = useT();
  const [open, setOpen] = useState(false);
  const { hook } = view;
  return (
    <section aria-labelledby="hook-title">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h3 id="hook-title" className="font-semibold">
          {t("hook.title")}
        </h3>
        <Button size="sm" onClick={() => setOpen(!open)} aria-expanded={open}>
          {t(open ? "hook.close" : "hook.edit")}
        </Button>
      </div>
      <p className="text-fg-2 text-table">
        {hook
          ? t("hook.set", {
              host: hook.host,
              moments: hook.moments.map((moment) => t(`event.hook_moment.${moment}`)).join("; "),
            })
          : t("hook.none")}
      </p>
      {open ? <HookForm view={view} onDone={() => setOpen(false)} /> : null}
    </section>
  );
}

function HookForm({ view, onDone }: { view: MigrationView; onDone: () => void }) {
  const { t } = useT();
  const act = useAct(view.id);
  const [typed, setTyped] = useState(() => typedHook(view.hook));
  const [tried, setTried] = useState(false);
  const wrong = tried ? wrongInHook(typed, view.hook) : [];
  const change = (part: Partial<typeof typed>) => setTyped({ ...typed, ...part });

  const save = () => {
    setTried(true);
    const [first] = wrongInHook(typed, view.hook);
    if (first) {
      document.getElementById(`hook-${first}`)?.focus();
      return;
    }
    act.mutate({ type: "set_hook", hook: wishOf(typed) }, { onSuccess: onDone });
  };
  const numberField = (field: "minutes" | "seconds") => (
    <Field
      id={`hook-${field}`}
      label={t(`hook.${field}`)}
      error={wrong.includes(field) ? t("hook.minutes.wrong") : undefined}
    >
      {(control) => (
        <TextInput
          {...control}
          inputMode="numeric"
          value={typed[field]}
          onChange={(event) => change({ [field]: event.target.value })}
          className="max-w-28"
        />
      )}
    </Field>
  );
  return (
    <div className="mt-2 space-y-3">
      <p className="text-fg-2 text-table">{t("hook.text")}</p>
      <Field
        id="hook-url"
        label={t("hook.url")}
        hint={view.hook ? t("hook.url.kept", { host: view.hook.host }) : undefined}
        error={wrong.includes("url") ? t("hook.url.wrong") : undefined}
      >
        {(control) => (
          <TextInput
            {...control}
            mono
            value={typed.url}
            onChange={(event) => change({ url: event.target.value.trim() })}
          />
        )}
      </Field>
      <Field
        id="hook-secret"
        label={t("hook.secret")}
        hint={t(view.hook && typed.url === "" ? "hook.secret.kept" : "hook.secret.hint")}
      >
        {(control) => (
          <TextInput
            {...control}
            type="password"
            autoComplete="off"
            value={typed.secret}
            onChange={(event) => change({ secret: event.target.value })}
          />
        )}
      </Field>
      <fieldset>
        <legend className="mb-1 font-medium text-table">{t("hook.moments")}</legend>
        <div className="grid gap-1.5 sm:grid-cols-2">
          {HOOK_MOMENTS.map((moment, index) => (
            <Checkbox
              key={moment}
              {...(index === 0 && { id: "hook-moments" })}
              label={t(`event.hook_moment.${moment}`)}
              checked={typed.moments.includes(moment)}
              onChange={(checked) =>
                change({
                  moments: HOOK_MOMENTS.filter((one) =>
                    one === moment ? checked : typed.moments.includes(one),
                  ),
                })
              }
            />
          ))}
        </div>
        {wrong.includes("moments") ? (
          <p role="alert" className="text-cap text-status-danger">
            {t("hook.moments.none")}
          </p>
        ) : null}
      </fieldset>
      <ChoiceCards
        legend={t("hook.otherwise")}
        columns={2}
        value={typed.otherwise}
        onChange={(otherwise) => change({ otherwise })}
        choices={HOOK_OTHERWISE.map((otherwise) => ({
          value: otherwise,
          title: t(`hook.otherwise.${otherwise}`),
          text: t(`hook.otherwise.${otherwise}.text`),
        }))}
      />
      <div className="flex flex-wrap gap-4">
        {typed.otherwise === "wait" ? numberField("minutes") : null}
        {numberField("seconds")}
      </div>
      {act.error ? <ErrorPanel title={t("hook.failed")} error={act.error} /> : null}
      <div className="flex flex-wrap items-center gap-2">
        <Button busy={act.isPending} onClick={save}>
          {t("hook.save")}
        </Button>
        {view.hook ? (
          <Button
            busy={act.isPending}
            onClick={() => act.mutate({ type: "set_hook", hook: null }, { onSuccess: onDone })}
          >
            {t("hook.remove")}
          </Button>
        ) : null}
        <span className="text-cap text-fg-2">{t("hook.save.hint")}</span>
      </div>
    </div>
  );
}
