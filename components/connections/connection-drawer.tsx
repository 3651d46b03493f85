"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { PlugZap } from "lucide-react";
import { useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { Drawer } from "@/components/ui/drawer";
import { Field } from "@/components/ui/field";
import { PlainForm } from "@/components/ui/plain-form";
import { TextInput } from "@/components/ui/text-input";
import { toApiProblem } from "@/lib/client/api-problem";
import { saveConnection, testConnection, testSettings } from "@/lib/client/connection-mutations";
import type { ConnectionKind, ConnectionTest, ConnectionView } from "@/lib/contracts/connection";
import { CloudAccountFields } from "./cloud-account-fields";
import {
  type ConnectionForm,
  FIELD_ORDER,
  type FormErrors,
  fieldOf,
  formOf,
  readForm,
} from "./connection-form";
import { fieldId } from "./form-field";
import { SqlServerFields } from "./sql-server-fields";
import { TestResult } from "./test-result";

const FORM_ID = "connection-form";

export interface ConnectionDrawerProps {
  kind: ConnectionKind;
  /** Null: a new one. */
  connection: ConnectionView | null;
  onClose: () => void;
  onSaved?: (connection: ConnectionView) => void;
}

/** Adds or edits a connection; it can be tested before it is saved. */
export function ConnectionDrawer({ kind, connection, onClose, onSaved }: ConnectionDrawerProps) {
  const { t } = useT();
  const announce = useAnnounce();
  const queryClient = useQueryClient();
  const [form, setForm] = useState(() => formOf(connection));
  const [errors, setErrors] = useState<FormErrors>({});
  /** Errors show from the first attempt on; then they follow what is typed. */
  const [tried, setTried] = useState(false);
  const [tested, setTested] = useState<{ form: ConnectionForm; test: ConnectionTest } | null>(null);
  const save = useMutation(saveConnection(queryClient));
  const test = useMutation(testSettings());
  const testSaved = useMutation(testConnection(queryClient));

  const change = (patch: Partial<ConnectionForm>) => {
    const next = { ...form, ...patch };
    setForm(next);
    if (!tried) return;
    const read = readForm(kind, next, connection !== null);
    setErrors(read.ok ? {} : read.errors);
  };

  const refuse = (found: FormErrors) => {
    setTried(true);
    setErrors(found);
    const first = FIELD_ORDER[kind].find((field) => found[field]);
    if (first) document.getElementById(fieldId(first))?.focus();
  };

  const runTest = async () => {
    const unchanged = connection !== null && JSON.stringify(form) === JSON.stringify(formOf(connection));
    const read = readForm(kind, form, unchanged);
    if (!read.ok) {
      refuse(
        connection !== null && form.secret === ""
          ? { ...read.errors, secret: "connections.field.secret.again" }
          : read.errors,
      );
      return;
    }
    const result = unchanged
      ? await testSaved.mutateAsync(connection.id).catch(() => null)
      : await test.mutateAsync(read.input).catch(() => null);
    if (!result) return;
    setTested({ form, test: result });
    announce(result.ok ? t("connections.test.ok") : t("connections.test.failed"));
  };

  const submit = async () => {
    const read = readForm(kind, form, connection !== null);
    if (!read.ok) {
      refuse(read.errors);
      return;
    }
    try {
      const view = await save.mutateAsync({ id: connection?.id ?? null, input: read.input });
      announce(t("connections.saved", { name: view.name }));
      onSaved?.(view);
      onClose();
    } catch (error) {
      const { problem } = toApiProblem(error);
      const found: FormErrors = {};
      for (const { path, reason } of problem.invalidParams) {
        const field = fieldOf(path.split("."));
        if (!field) continue;
        found[field] =
          problem.reason === "secret_needed_for_new_target"
            ? "connections.field.secret.again"
            : reason === "field_too_long"
              ? "connections.invalid.tooLong"
              : "connections.invalid.required";
      }
      if (Object.keys(found).length > 0) refuse(found);
    }
  };

  const busyTest = test.isPending || testSaved.isPending;
  const testError = test.error ?? testSaved.error;
  const fields = {
    form,
    onChange: change,
    errorOf: (field: keyof ConnectionForm) => {
      const error = errors[field];
      return typeof error === "object" ? t(error.key, { address: error.address }) : error && t(error);
    },
    secretHint: connection ? t("connections.field.secret.keep") : undefined,
  };
  const title = connection
    ? t("connections.drawer.edit", { name: connection.name })
    : t(`connections.drawer.add.${kind}`);
  return (
    <Drawer
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={title}
      footer={
        <>
          <Button icon={PlugZap} busy={busyTest} onClick={runTest} className="mr-auto">
            {busyTest ? t("connections.test.running") : t("connections.drawer.test")}
          </Button>
          <Button onClick={onClose}>{t("connections.drawer.cancel")}</Button>
          <Button variant="primary" type="submit" form={FORM_ID} busy={save.isPending}>
            {save.isPending ? t("connections.drawer.saving") : t("connections.drawer.save")}
          </Button>
        </>
      }
    >
      <PlainForm id={FORM_ID} onSubmit={submit}>
        {Object.keys(errors).length > 0 ? (
          <p role="alert" className="mb-3 text-status-danger text-table">
            {t("connections.drawer.summary", { count: Object.keys(errors).length })}
          </p>
        ) : null}
        <Field
          id={fieldId("name")}
          label={t("connections.field.name")}
          hint={t("connections.field.name.hint")}
          error={fields.errorOf("name")}
        >
          {(control) => (
            <TextInput
              {...control}
              value={form.name}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
        {kind === "sql_server" ? <SqlServerFields {...fields} /> : <CloudAccountFields {...fields} />}
      </PlainForm>
      {save.error && Object.keys(errors).length === 0 ? (
        <ErrorPanel title={t("connections.drawer.notSaved")} error={save.error} className="mb-3" />
      ) : null}
      {testError && !busyTest ? (
        <ErrorPanel
          title={t("connections.test.error")}
          error={testError}
          onRetry={runTest}
          className="mb-3"
        />
      ) : null}
      {tested && !busyTest ? (
        <div role="status" ref={scrollIntoSight}>
          <TestResult test={tested.test} address={{ host: tested.form.host, port: tested.form.port }} />
          {tested.form === form ? null : (
            <p className="mt-1.5 text-cap text-fg-2">{t("connections.test.stale")}</p>
          )}
        </div>
      ) : null}
    </Drawer>
  );
}

/** A result below the fold of the drawer comes into sight when it arrives. */
function scrollIntoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest" });
}
