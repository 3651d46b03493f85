"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { QueryError } from "@/components/failure/query-error";
import { useT } from "@/components/locale/i18n-provider";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Mono } from "@/components/ui/mono";
import { Panel } from "@/components/ui/panel";
import { PlainForm } from "@/components/ui/plain-form";
import { Segmented } from "@/components/ui/segmented";
import { TextInput } from "@/components/ui/text-input";
import { sandboxQuery, saveSandbox } from "@/lib/client/sandbox-queries";
import { SANDBOX_STARTS, SandboxChoice, type SandboxSettings } from "@/lib/contracts/sandbox-settings";

/** Whether simulated services run beside us, what they play, and whether the next start has them. */
export function SandboxPanel({ mayChange }: { mayChange: boolean }) {
  const { t } = useT();
  const query = useQuery(sandboxQuery);
  const { playing = null } = query.data ?? {};
  return (
    <Panel
      title={t("sandbox.title")}
      note={
        query.data
          ? playing === null
            ? t("sandbox.off")
            : t("sandbox.on", { scenario: playing.replaceAll(",", ", ") })
          : null
      }
    >
      {query.data ? (
        <Choice settings={query.data} mayChange={mayChange} />
      ) : (
        <QueryError query={query} title={t("sandbox.unreadable")} className="m-4" />
      )}
    </Panel>
  );
}

function Choice({ settings, mayChange }: { settings: SandboxSettings; mayChange: boolean }) {
  const { t } = useT();
  const announce = useAnnounce();
  const save = useMutation(saveSandbox(useQueryClient()));
  const listId = useId();
  const [start, setStart] = useState(settings.choice.start);
  const [scenario, setScenario] = useState(settings.playing ?? settings.choice.scenario);
  const [speed, setSpeed] = useState(String(settings.choice.timeFactor));
  const [tried, setTried] = useState(false);
  const known = scenario.split(",").every((name) => settings.scenarios.includes(name.trim()));
  const factor = SandboxChoice.shape.timeFactor.safeParse(Number(speed));
  const submit = () => {
    setTried(true);
    if (!known || !factor.success) return;
    save.mutate(
      { start, scenario, timeFactor: factor.data },
      { onSuccess: () => announce(t("sandbox.saved")) },
    );
  };
  return (
    <PlainForm className="grid gap-3 px-4 py-3" onSubmit={submit}>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <div className="min-w-0 flex-1 basis-40">
          <p className="font-medium text-table">{t("sandbox.start")}</p>
          <p className="text-cap text-fg-2">
            {start === "auto" ? `${t("sandbox.start.auto.hint")} ` : ""}
            {start === settings.choice.start
              ? t(settings.startsNext ? "sandbox.next.on" : "sandbox.next.off")
              : ""}
          </p>
        </div>
        <Segmented
          label={t("sandbox.start")}
          value={start}
          onChange={setStart}
          options={SANDBOX_STARTS.map((value) => ({ value, label: t(`sandbox.start.${value}`) }))}
        />
      </div>
      <Field
        className=""
        label={t("sandbox.scenario")}
        hint={t("sandbox.scenario.hint")}
        error={tried && !known ? t("sandbox.scenario.wrong") : undefined}
      >
        {(control) => (
          <TextInput
            {...control}
            mono
            list={listId}
            disabled={!mayChange}
            value={scenario}
            onChange={(event) => setScenario(event.target.value)}
          />
        )}
      </Field>
      <datalist id={listId}>
        {settings.scenarios.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Field
        className=""
        label={t("sandbox.speed")}
        hint={t("sandbox.speed.hint")}
        error={tried && !factor.success ? t("sandbox.speed.wrong") : undefined}
      >
        {(control) => (
          <TextInput
            {...control}
            inputMode="numeric"
            disabled={!mayChange}
            value={speed}
            onChange={(event) => setSpeed(event.target.value)}
            className="max-w-32"
          />
        )}
      </Field>
      {mayChange ? (
        <div>
          <Button type="submit" busy={save.isPending}>
            {t("sandbox.save")}
          </Button>
        </div>
      ) : null}
      {save.isError ? <ErrorPanel title={t("sandbox.not_saved")} error={save.error} /> : null}
      <div className="text-cap text-fg-2">
        <p>{t("sandbox.how")}</p>
        <p className="mt-1">
          <Mono className="wrap-anywhere">npm start -- --no-sandbox</Mono>
        </p>
        <p>
          <Mono className="wrap-anywhere">npm start -- --scenario gap --time-factor 60</Mono>
        </p>
      </div>
    </PlainForm>
  );
}
