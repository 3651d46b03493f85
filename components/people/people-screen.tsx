"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { QueryError } from "@/components/failure/query-error";
import { useT } from "@/components/locale/i18n-provider";
import { SkeletonLines } from "@/components/ui/skeleton";
import { changePerson, peopleQuery, renewLink } from "@/lib/client/people-queries";
import type { LinkView, PersonView } from "@/lib/contracts/people";
import { InviteForm } from "./invite-form";
import { MadeLink } from "./made-link";
import { PeopleTable } from "./people-table";
import { PersonRow } from "./person-row";
import { ScopeDialog } from "./scope-dialog";

const COLUMNS = [
  "people.column.name",
  "people.column.role",
  "people.column.scope",
  "people.column.password",
  "people.column.seen",
] as const;

/** Who may come in and what they may: for administrators. */
export function PeopleScreen() {
  const { t } = useT();
  const people = useQuery(peopleQuery());
  const [made, setMade] = useState<{ name: string; link: LinkView } | null>(null);
  const change = useMutation(changePerson(useQueryClient()));
  const renew = useMutation(renewLink());
  const [limiting, setLimiting] = useState<PersonView | null>(null);
  const busyId = change.isPending ? change.variables.id : renew.isPending ? renew.variables : null;
  const failure = change.error ?? renew.error;
  const onLink = ({ id, name }: PersonView) =>
    renew.mutate(id, { onSuccess: (link) => setMade({ name, link }) });
  return (
    <div className="page">
      <h1>{t("people.title")}</h1>
      <p className="mb-4 text-fg-2">{t("people.intro")}</p>
      {made ? (
        <MadeLink
          title={t("people.link.title", { name: made.name })}
          text={t("people.link.text")}
          page="/enter"
          link={made.link}
        />
      ) : null}
      <InviteForm onMade={setMade} />
      {limiting ? (
        <ScopeDialog
          person={limiting}
          isBusy={change.isPending}
          error={change.error}
          onClose={() => setLimiting(null)}
          onSave={(scope) => {
            const { id, role, disabledAt } = limiting;
            const wanted = { role, disabled: disabledAt !== null, scope };
            change.mutate({ id, change: wanted }, { onSuccess: () => setLimiting(null) });
          }}
        />
      ) : null}
      {failure && limiting === null ? (
        <ErrorPanel title={t("people.change.failed")} error={failure} className="mb-4" />
      ) : null}
      {people.data ? null : <QueryError query={people} title={t("people.error.list")} />}
      {people.isPending ? <SkeletonLines lines={3} label={t("people.loading")} /> : null}
      {people.data ? (
        <PeopleTable title={t("people.list.title")} columns={COLUMNS}>
          {people.data.people.map((person) => (
            <PersonRow
              key={person.id}
              person={person}
              isBusy={busyId === person.id}
              onChange={(wanted) => change.mutate({ id: person.id, change: wanted })}
              onLink={() => onLink(person)}
              onLimit={() => {
                change.reset();
                setLimiting(person);
              }}
            />
          ))}
        </PeopleTable>
      ) : null}
    </div>
  );
}
