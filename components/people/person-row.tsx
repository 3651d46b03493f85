"use client";

import { useT } from "@/components/locale/i18n-provider";
import { Timestamp } from "@/components/locale/timestamp";
import { Button } from "@/components/ui/button";
import { Td, Tr } from "@/components/ui/table";
import type { PersonChange, PersonView } from "@/lib/contracts/people";
import type { Scope } from "@/lib/contracts/scope";
import { RoleSelect } from "./role-select";

interface PersonRowProps {
  person: PersonView;
  isBusy: boolean;
  onChange: (change: PersonChange) => void;
  onLink: () => void;
  onLimit: () => void;
}

export function PersonRow({ person, isBusy, onChange, onLink, onLimit }: PersonRowProps) {
  const { t } = useT();
  const { name, role, hasPassword, identity, disabledAt, seenAt, scope } = person;
  const disabled = disabledAt !== null;
  return (
    <Tr>
      <Td className="min-w-40 wrap-anywhere">
        <span className="font-semibold">{name}</span>
        {disabled ? <span className="block text-cap text-fg-2">{t("people.shut_out")}</span> : null}
      </Td>
      <Td className="min-w-40">
        <RoleSelect
          aria-label={t("people.role_of", { name })}
          role={role}
          disabled={identity !== null}
          onRole={(next) => onChange({ role: next, disabled })}
        />
      </Td>
      <Td className="min-w-32">
        {role === "administrator" ? (
          t("people.scope.all")
        ) : (
          <Button size="sm" onClick={onLimit}>
            <span className="sr-only">{t("people.scope.title", { name })}: </span>
            {scope === null ? t("people.scope.all") : limitsOf(scope, t)}
          </Button>
        )}
      </Td>
      <Td>
        {identity === null
          ? t(hasPassword ? "people.password.set" : "people.password.none")
          : t(`people.by.${identity}`)}
      </Td>
      <Td>
        <Timestamp at={seenAt} />
      </Td>
      <Td>
        <div className="flex flex-wrap justify-end gap-2">
          {disabled || identity !== null ? null : (
            <Button size="sm" busy={isBusy} onClick={onLink}>
              {t("people.link.make")}
            </Button>
          )}
          <Button
            size="sm"
            variant={disabled ? "default" : "danger"}
            busy={isBusy}
            onClick={() => onChange({ role, disabled: !disabled })}
          >
            {t(disabled ? "people.let_in" : "people.shut")}
          </Button>
        </div>
      </Td>
    </Tr>
  );
}

/** How many of each, where there are any. */
function limitsOf(scope: Scope, t: ReturnType<typeof useT>["t"]): string {
  const kinds = ["connections", "instances", "databases"] as const;
  return kinds
    .filter((kind) => scope[kind].length > 0)
    .map((kind) => t(`people.scope.count.${kind}`, { count: scope[kind].length }))
    .join(", ");
}
