"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { migrationListQuery } from "@/lib/client/migration-list-query";
import { makeShareLink } from "@/lib/client/share-queries";
import { systemQuery } from "@/lib/client/system-queries";
import type { LinkView } from "@/lib/contracts/people";
import { SHARE_SPANS, ShareSpan } from "@/lib/contracts/share";

/** Stands for the wall screen in the list of what may be shared; no migration has it as its id. */
const WALL = "*";

/** What is shared, and for how long. */
export function ShareForm({
  migrationId,
  onMade,
}: {
  migrationId: string | null;
  onMade: (made: LinkView) => void;
}) {
  const { t } = useT();
  const migrations = useQuery(migrationListQuery()).data?.migrations ?? [];
  const mayShareWall = useQuery(systemQuery()).data?.person.role === "administrator";
  const [chosen, setChosen] = useState(migrationId);
  const [span, setSpan] = useState<ShareSpan>("1d");
  const make = useMutation(makeShareLink(useQueryClient()));
  const started = migrations.filter(({ startedAt }) => startedAt !== null);
  const what = chosen ?? (mayShareWall ? WALL : (started[0]?.id ?? ""));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate({ migrationId: what === WALL ? null : what, span }, { onSuccess: onMade });
  };
  return (
    <Panel title={t("share.form.title")} className="mb-4">
      <form onSubmit={submit} className="p-4">
        <div className="flex flex-wrap items-end gap-4">
          <Field label={t("share.what")} className="min-w-48 flex-1">
            {(control) => (
              <Select {...control} required value={what} onChange={(event) => setChosen(event.target.value)}>
                {mayShareWall ? <option value={WALL}>{t("share.wall")}</option> : null}
                {started.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={t("share.span")} className="w-40">
            {(control) => (
              <Select
                {...control}
                value={span}
                onChange={(event) => setSpan(ShareSpan.parse(event.target.value))}
              >
                {SHARE_SPANS.map((each) => (
                  <option key={each} value={each}>
                    {t(`share.span.${each}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Button type="submit" variant="primary" busy={make.isPending}>
            {t("share.make")}
          </Button>
        </div>
        <p className="mt-3 text-cap text-fg-2">{t("share.form.text")}</p>
        {make.isError ? (
          <ErrorPanel title={t("share.make.failed")} error={make.error} className="mt-4" />
        ) : null}
      </form>
    </Panel>
  );
}
