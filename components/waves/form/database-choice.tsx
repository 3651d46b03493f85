"use client";

import { Bytes } from "@/components/locale/bytes";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Table, TableHead, Td, Th, Tr } from "@/components/ui/table";
import { TextInput } from "@/components/ui/text-input";
import type { InstanceView } from "@/lib/contracts/instance";
import type { ChosenDatabase, ServerForm } from "./wave-form";

/** By name, by one character, all but. */
const EXAMPLE = "Sales*, ERP_?, !*_old";

interface DatabaseChoiceProps {
  server: ServerForm;
  chosen: readonly ChosenDatabase[];
  /** Instances that a database may go to; with one there is nothing to choose. */
  instances: readonly InstanceView[];
  onChange: (more: Partial<ServerForm>) => void;
}

/** Databases of a server: chosen by pattern and size, or by hand; where each goes, and what it is to be called. */
export function DatabaseChoice({ server, chosen, instances, onChange }: DatabaseChoiceProps) {
  const { t } = useT();
  const format = useFormat();
  const text = (name: "patterns" | "leastGib" | "mostGib", label: string, hint?: string) => (
    <Field label={label} hint={hint}>
      {(control) => (
        <TextInput
          {...control}
          mono={name === "patterns"}
          inputMode={name === "patterns" ? "text" : "decimal"}
          value={server[name]}
          // What was picked by hand is of the choice before.
          onChange={({ target }) => onChange({ [name]: target.value, picked: {} })}
        />
      )}
    </Field>
  );
  const moved = chosen.filter(({ name }) => name !== null);
  const bytes = moved.reduce((sum, { database }) => sum + (database.dataBytes ?? 0), 0);
  const unknown = moved.filter(({ database }) => database.dataBytes === null).length;
  return (
    <>
      <div className="grid gap-x-4 px-4 sm:grid-cols-2 lg:grid-cols-[2fr_1fr_1fr]">
        {text("patterns", t("wave.form.patterns"), t("wave.form.patterns.hint", { example: EXAMPLE }))}
        {text("leastGib", t("wave.form.least"))}
        {text("mostGib", t("wave.form.most"))}
      </div>
      <p role="status" className="px-4 pb-2 font-medium text-table">
        {moved.length === 0
          ? t("wave.form.none_chosen")
          : t("wave.form.chosen", { count: moved.length, total: chosen.length, size: format.bytes(bytes) })}
        {unknown > 0 ? (
          <span className="text-status-warning"> {t("wave.form.sizes_unknown", { count: unknown })}</span>
        ) : null}
      </p>
      <Table compact caption={t("wave.form.list_caption")} className="max-h-120 border-t border-border">
        <TableHead className="sticky top-0 z-1">
          <Th>{t("wave.form.col.database")}</Th>
          <Th numeric>{t("wave.form.col.size")}</Th>
          <Th className="max-md:hidden">{t("wave.form.col.model")}</Th>
          {instances.length > 1 ? <Th>{t("wave.form.instance")}</Th> : null}
          <Th>{t("wave.form.col.target")}</Th>
          <Th className="max-sm:hidden">{t("wave.form.col.note")}</Th>
        </TableHead>
        <tbody>
          {chosen.map((row) => (
            <DatabaseRow
              key={row.database.name}
              {...row}
              server={server}
              instances={instances}
              onChange={onChange}
            />
          ))}
        </tbody>
      </Table>
    </>
  );
}

function DatabaseRow({
  database,
  why,
  name,
  instanceId,
  server,
  instances,
  onChange,
}: ChosenDatabase & Omit<DatabaseChoiceProps, "chosen">) {
  const { t } = useT();
  const note =
    name === null
      ? why && t(`wave.left.${why}`)
      : name.problem !== null
        ? t(`wave.name.${name.problem}`)
        : name.changed
          ? t("wave.form.changed")
          : database.recoveryModel === "SIMPLE"
            ? t("wave.form.simple")
            : null;
  const look = name?.problem ? "text-status-danger" : name ? "text-status-warning" : "text-fg-2";
  return (
    <Tr selected={name !== null}>
      <Td>
        <label className="flex items-center gap-2 font-medium">
          <input
            type="checkbox"
            aria-label={t("wave.form.pick", { name: database.name })}
            checked={name !== null}
            disabled={why === "not_online"}
            onChange={({ target }) =>
              onChange({ picked: { ...server.picked, [database.name]: target.checked } })
            }
            className="size-4 flex-none accent-accent-solid"
          />
          {database.name}
        </label>
      </Td>
      <Td numeric>
        <Bytes bytes={database.dataBytes} />
      </Td>
      <Td className="max-md:hidden">{database.recoveryModel}</Td>
      {instances.length > 1 ? (
        <Td>
          {name === null ? null : (
            <Select
              aria-label={t("wave.form.instance_of", { name: database.name })}
              value={instanceId ?? ""}
              onChange={({ target }) =>
                onChange({ instances: { ...server.instances, [database.name]: target.value } })
              }
              className="min-w-40"
            >
              {instanceId === null ? <option value="">–</option> : null}
              {instances.map((instance) => (
                <option key={instance.instanceId} value={instance.instanceId}>
                  {instance.instanceId}
                </option>
              ))}
            </Select>
          )}
        </Td>
      ) : null}
      <Td>
        {name === null ? null : (
          <TextInput
            mono
            aria-label={t("wave.form.target_of", { name: database.name })}
            aria-invalid={name.problem ? true : undefined}
            value={server.names[database.name] ?? name.target}
            onChange={({ target }) => onChange({ names: { ...server.names, [database.name]: target.value } })}
            className="min-w-36"
          />
        )}
        {note ? <span className={`block text-cap sm:hidden ${look}`}>{note}</span> : null}
      </Td>
      <Td className={`text-cap max-sm:hidden ${look}`}>{note}</Td>
    </Tr>
  );
}
