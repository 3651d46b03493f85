"use client";

import { useState } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { PasswordField } from "@/components/ui/password-field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import type { AftercareUser } from "@/lib/contracts/aftercare";
import { ACCOUNT_PRIVILEGES } from "@/lib/migration/vocabulary/aftercare";
import { useAftercare } from "./aftercare-context";

interface CreateAccountDialogProps {
  user: AftercareUser;
  database: string;
  onClose: () => void;
}

/** Name, right and password of an account for a user. The password leaves this form for RDS and is kept nowhere. */
export function CreateAccountDialog({ user, database, onClose }: CreateAccountDialogProps) {
  const { t } = useT();
  const { act, busy } = useAftercare();
  const [account, setAccount] = useState(user.account ?? user.suggestedName);
  const [privilege, setPrivilege] = useState(user.suggestedPrivilege);
  const [password, setPassword] = useState("");
  /** Its password was given when it was created: it stays. */
  const isThere = user.onRds !== null && account === user.onRds.name;
  const create = () =>
    act(
      isThere
        ? { type: "grant_account", user: user.user, account, privilege }
        : { type: "create_account", user: user.user, account, password, privilege },
      onClose,
    );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("aftercare.create.title", { user: user.user })}
      description={t("aftercare.create.text", { database })}
    >
      <form
        className="px-4 pb-4 sm:px-6"
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
      >
        <Field label={t("aftercare.create.account")} hint={t("aftercare.create.account_hint")}>
          {(control) => (
            <TextInput
              {...control}
              required
              value={account}
              onChange={(event) => setAccount(event.target.value)}
            />
          )}
        </Field>
        <Field label={t("aftercare.create.privilege")}>
          {(control) => (
            <Select
              {...control}
              value={privilege}
              onChange={(event) => {
                const chosen = ACCOUNT_PRIVILEGES.find((one) => one === event.target.value);
                if (chosen) setPrivilege(chosen);
              }}
            >
              {ACCOUNT_PRIVILEGES.map((one) => (
                <option key={one} value={one}>
                  {t(`aftercare.privilege.${one}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {isThere ? (
          <p className="my-3">{t("aftercare.create.there", { account })}</p>
        ) : (
          <PasswordField
            label={t("aftercare.create.password")}
            hint={t("aftercare.create.password_hint")}
            autoComplete="new-password"
            value={password}
            onValue={setPassword}
          />
        )}
        <Button type="submit" variant="primary" busy={busy}>
          {t(isThere ? "aftercare.create.grant" : "aftercare.create.confirm")}
        </Button>
      </form>
    </Dialog>
  );
}
