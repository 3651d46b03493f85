"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { QueryError } from "@/components/failure/query-error";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { connectionsQuery } from "@/lib/client/connection-queries";
import type { PersonView } from "@/lib/contracts/people";
import { type Scope, scopeOrNull } from "@/lib/contracts/scope";
import { NamesField } from "./names-field";

const UNLIMITED: Scope = { connections: [], instances: [], databases: [] };

interface ScopeDialogProps {
  person: PersonView;
  isBusy: boolean;
  /** Of the last try. */
  error: unknown;
  onSave: (scope: Scope | null) => void;
  onClose: () => void;
}

/** To which connections, instances and databases somebody is limited. */
export function ScopeDialog({ person, isBusy, error, onSave, onClose }: ScopeDialogProps) {
  const { t } = useT();
  const connections = useQuery(connectionsQuery());
  const [scope, setScope] = useState<Scope>(person.scope ?? UNLIMITED);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave(scopeOrNull(scope));
  };
  const choose = (id: string, chosen: boolean) => {
    const others = scope.connections.filter((each) => each !== id);
    setScope({ ...scope, connections: chosen ? [...others, id] : others });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("people.scope.title", { name: person.name })}
      description={t("people.scope.text")}
    >
      <form onSubmit={submit} className="p-4 sm:px-6">
        <fieldset className="mb-4">
          <legend className="mb-1 text-table font-medium">{t("people.scope.connections")}</legend>
          {connections.data ? null : (
            <QueryError query={connections} title={t("people.scope.connections.error")} />
          )}
          <div className="grid gap-1.5">
            {connections.data?.connections.map(({ id, name, kind }) => (
              <Checkbox
                key={id}
                label={name}
                hint={t(`people.scope.${kind}`)}
                checked={scope.connections.includes(id)}
                onChange={(chosen) => choose(id, chosen)}
              />
            ))}
          </div>
        </fieldset>
        <NamesField
          label={t("people.scope.instances")}
          hint={t("people.scope.instances.hint")}
          names={scope.instances}
          onNames={(instances) => setScope({ ...scope, instances })}
        />
        <NamesField
          label={t("people.scope.databases")}
          hint={t("people.scope.databases.hint")}
          names={scope.databases}
          onNames={(databases) => setScope({ ...scope, databases })}
        />
        {error ? <ErrorPanel title={t("people.change.failed")} error={error} className="mb-4" /> : null}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" busy={isBusy}>
            {t("people.scope.save")}
          </Button>
          <Button onClick={() => setScope(UNLIMITED)}>{t("people.scope.clear")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
