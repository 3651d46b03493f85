"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { AskDialog } from "@/components/ask/ask-dialog";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Drawer } from "@/components/ui/drawer";
import { Field } from "@/components/ui/field";
import { PlainForm } from "@/components/ui/plain-form";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { removeChannel, saveChannel } from "@/lib/client/channel-queries";
import { migrationListQuery } from "@/lib/client/migration-list-query";
import { CHANNEL_KINDS, CHANNEL_LANGUAGES, type ChannelView } from "@/lib/contracts/channel";
import { NOTICES } from "@/lib/migration/vocabulary/notice";
import { type ChannelErrors, type ChannelForm, formOf, readForm } from "./channel-form";

const FORM_ID = "channel-form";
const LANGUAGES = { en: "English", "zh-CN": "中文" } as const;

type TextName = { [K in keyof ChannelForm]: string extends ChannelForm[K] ? K : never }[keyof ChannelForm];

interface ChannelDrawerProps {
  channel: ChannelView | null;
  /** One's own is made. */
  mine: boolean;
  /** Everybody's channels of e-mail, by whose servers one's own may go. */
  mailServers: readonly ChannelView[];
  onClose: () => void;
}

/** Adds or changes a channel. Address and secret are only ever written: the server never gives them back. */
export function ChannelDrawer({ channel, mine, mailServers, onClose }: ChannelDrawerProps) {
  const { t } = useT();
  const announce = useAnnounce();
  const queryClient = useQueryClient();
  const [form, setForm] = useState(() =>
    formOf(channel, window.location.origin, mine ? (mailServers[0]?.id ?? "") : ""),
  );
  const [errors, setErrors] = useState<ChannelErrors>({});
  const [removing, setRemoving] = useState(false);
  const save = useMutation(saveChannel(queryClient));
  const remove = useMutation(removeChannel(queryClient));
  const change = (patch: Partial<ChannelForm>) => setForm({ ...form, ...patch });
  const submit = async () => {
    const read = readForm(form, { isThere: channel !== null, mine });
    setErrors(read.ok ? {} : read.errors);
    if (!read.ok) return;
    const saved = await save
      .mutateAsync({ id: channel?.id ?? null, channel: read.channel })
      .catch(() => null);
    if (!saved) return;
    announce(t("settings.channels.saved", { name: saved.name }));
    onClose();
  };
  const text = (name: TextName, { secret, hint }: { secret?: boolean; hint?: string } = {}) => (
    <Field
      label={t(`settings.field.${form.kind === "email" && name === "secret" ? "password" : name}`)}
      hint={hint}
      error={errors[name] && t(errors[name])}
    >
      {(control) => (
        <TextInput
          {...control}
          {...(secret && { type: "password", autoComplete: "new-password" })}
          value={form[name]}
          onChange={(event) => change({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
  const keep = channel ? t("settings.field.keep") : undefined;
  const keepHint = keep === undefined ? {} : { hint: keep };
  return (
    <Drawer
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={channel ? t("settings.channels.edit_title", { name: channel.name }) : t("settings.channels.add")}
      footer={
        <>
          {channel ? (
            <Button variant="danger" className="mr-auto" onClick={() => setRemoving(true)}>
              {t("settings.channels.remove")}
            </Button>
          ) : null}
          <Button onClick={onClose}>{t("shell.cancel")}</Button>
          <Button variant="primary" type="submit" form={FORM_ID} busy={save.isPending}>
            {t("settings.channels.save")}
          </Button>
        </>
      }
    >
      <PlainForm id={FORM_ID} onSubmit={submit}>
        <Field label={t("settings.field.kind")}>
          {(control) => (
            <Select
              {...control}
              value={form.kind}
              onChange={({ target }) =>
                change({ kind: CHANNEL_KINDS.find((kind) => kind === target.value) ?? form.kind })
              }
            >
              {CHANNEL_KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`settings.kind.${kind}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {text("name")}
        {form.kind === "email" && mine && (mailServers.length > 0 || form.via !== "") ? (
          <Field label={t("settings.field.via")}>
            {(control) => (
              <Select {...control} value={form.via} onChange={({ target }) => change({ via: target.value })}>
                {mailServers.map(({ id, name, host }) => (
                  <option key={id} value={id}>
                    {`${name} (${host})`}
                  </option>
                ))}
                <option value="">{t("settings.field.via.own")}</option>
              </Select>
            )}
          </Field>
        ) : null}
        {form.kind === "email" && mine && form.via !== "" ? (
          text("mailTo", { hint: keep ?? t("settings.field.mailTo.hint") })
        ) : form.kind === "email" ? (
          <>
            {text("mailServer", { hint: keep ?? t("settings.field.mailServer.hint") })}
            {text("mailUser")}
            {text("secret", { secret: true, ...keepHint })}
            {text("mailFrom")}
            {text("mailTo", { hint: t("settings.field.mailTo.hint") })}
          </>
        ) : (
          <>
            {text("url", { secret: true, hint: keep ?? t(`settings.field.url.${form.kind}`) })}
            {["generic", "dingtalk", "feishu"].includes(form.kind)
              ? text("secret", { secret: true, hint: keep ?? t("settings.field.secret.hint") })
              : null}
          </>
        )}
        {text("linkBase", { hint: t("settings.field.linkBase.hint") })}
        <Field label={t("settings.field.language")}>
          {(control) => (
            <Select
              {...control}
              value={form.language}
              onChange={({ target }) =>
                change({
                  language: CHANNEL_LANGUAGES.find((one) => one === target.value) ?? form.language,
                })
              }
            >
              {CHANNEL_LANGUAGES.map((language) => (
                <option key={language} value={language}>
                  {LANGUAGES[language]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Ticks legend={t("settings.field.notices")}>
          {NOTICES.map((notice) => (
            <Checkbox
              key={notice}
              label={t(`settings.notice.${notice}`)}
              checked={form.notices.includes(notice)}
              onChange={(on) => change({ notices: toggled(form.notices, notice, on) })}
            />
          ))}
        </Ticks>
        <MigrationTicks chosen={form.migrations} onChange={(migrations) => change({ migrations })} />
        <Checkbox
          label={t("settings.field.enabled")}
          hint={t("settings.field.enabled.hint")}
          checked={form.enabled}
          onChange={(enabled) => change({ enabled })}
        />
      </PlainForm>
      {save.error ? (
        <ErrorPanel title={t("settings.channels.not_saved")} error={save.error} className="mt-3" />
      ) : null}
      {channel && removing ? (
        <AskDialog
          title={t("settings.channels.remove_title", { name: channel.name })}
          description={t("settings.channels.remove_text")}
          confirm={t("settings.channels.remove")}
          danger
          busy={remove.isPending}
          error={remove.error}
          failed={t("settings.channels.not_removed")}
          onConfirm={() => remove.mutate(channel, { onSuccess: onClose })}
          onClose={() => setRemoving(false)}
        />
      ) : null}
    </Drawer>
  );
}

function toggled<T>(all: readonly T[], one: T, on: boolean): T[] {
  return on ? [...all.filter((other) => other !== one), one] : all.filter((other) => other !== one);
}

function Ticks({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset className="mb-4 grid gap-1.5">
      <legend className="mb-1 font-medium text-table">{legend}</legend>
      {children}
    </fieldset>
  );
}

interface MigrationTicksProps {
  chosen: readonly string[];
  onChange: (migrations: string[]) => void;
}

/** Of which migrations it tells: all, those to come among them, or only the ticked ones. */
function MigrationTicks({ chosen, onChange }: MigrationTicksProps) {
  const { t } = useT();
  const list = useQuery(migrationListQuery()).data?.migrations ?? [];
  const shown = list.filter(
    ({ id, status }) =>
      chosen.includes(id) || (status !== "draft" && status !== "succeeded" && status !== "cancelled"),
  );
  return (
    <Ticks legend={t("settings.field.migrations")}>
      <p className="text-cap text-fg-2">
        {chosen.length === 0 ? t("settings.field.migrations.all") : t("settings.field.migrations.only")}
      </p>
      {shown.map(({ id, name }) => (
        <Checkbox
          key={id}
          label={name}
          checked={chosen.includes(id)}
          onChange={(on) => onChange(toggled(chosen, id, on))}
        />
      ))}
    </Ticks>
  );
}
