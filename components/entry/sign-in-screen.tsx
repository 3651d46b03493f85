"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { PasswordField } from "@/components/ui/password-field";
import { Segmented } from "@/components/ui/segmented";
import { TextInput } from "@/components/ui/text-input";
import { signInWithAll } from "@/lib/client/passkeys";
import { signInWaysQuery } from "@/lib/client/session-queries";
import type { SignInInput } from "@/lib/contracts/people";
import { EntryFrame } from "./entry-frame";
import { nextPage } from "./next-page";
import { PasskeyWay } from "./passkey-way";
import { ProviderWay } from "./provider-way";

/** Name and password, or a provider where there is one; then the page that was wanted, loaded anew. */
export function SignInScreen() {
  const { t } = useT();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const attempt = useMutation(signInWithAll());
  const [chosen, setChosen] = useState<SignInInput["at"] | null>(null);
  const ways = useQuery(signInWaysQuery);
  const directory = ways.data?.directory ?? null;
  const at = chosen ?? (directory === null ? "here" : "directory");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    attempt.mutate(
      { name, password, at },
      { onSuccess: () => location.assign(nextPage(location.search, location.origin)) },
    );
  };
  return (
    <EntryFrame title={t("entry.title")}>
      <form onSubmit={submit}>
        {directory ? (
          <div className="mb-4">
            <Segmented
              label={t("entry.place")}
              value={at}
              onChange={(place) => {
                attempt.reset();
                setChosen(place);
              }}
              options={[
                { value: "directory", label: directory.name },
                { value: "here", label: t("entry.place.here") },
              ]}
            />
          </div>
        ) : null}
        <Field label={t("entry.name")}>
          {(control) => (
            <TextInput
              {...control}
              required
              autoComplete="username"
              autoCapitalize="none"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <PasswordField
          label={t("entry.password")}
          autoComplete="current-password"
          value={password}
          onValue={setPassword}
        />
        {attempt.isError ? (
          <ErrorPanel title={t("entry.failed")} error={attempt.error} className="mb-4" />
        ) : null}
        <Button type="submit" variant="primary" busy={attempt.isPending} className="w-full">
          {t("entry.submit")}
        </Button>
      </form>
      {ways.data?.passkey ? <PasskeyWay /> : null}
      {ways.data?.openid ? <ProviderWay name={ways.data.openid.name} /> : null}
      <p className="mt-4 text-cap text-fg-2">{t("entry.hint")}</p>
    </EntryFrame>
  );
}
