"use client";

import { useQuery } from "@tanstack/react-query";
import { Layers, Plus } from "lucide-react";
import { QueryError } from "@/components/failure/query-error";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { SkeletonLines } from "@/components/ui/skeleton";
import { Table, TableHead, Td, Th, Tr } from "@/components/ui/table";
import { wavesQuery } from "@/lib/client/wave-queries";
import type { WaveListView } from "@/lib/contracts/wave";
import { WaveStatus } from "./wave-status";

/** All waves, the newest first. */
export function WavesScreen() {
  const { t } = useT();
  const waves = useQuery(wavesQuery());
  const create = (
    <ButtonLink variant="primary" icon={Plus} href="/waves/new">
      {t("wave.new")}
    </ButtonLink>
  );
  return (
    <div className="page">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1>{t("wave.title")}</h1>
        {waves.data && waves.data.waves.length > 0 ? create : null}
      </div>
      <p className="mb-4 text-fg-2">{t("wave.intro")}</p>
      {waves.data ? null : <QueryError query={waves} title={t("wave.load_failed")} />}
      {waves.isPending ? <SkeletonLines lines={4} label={t("wave.loading")} /> : null}
      {waves.data ? (
        <section className="panel overflow-hidden">
          {waves.data.waves.length === 0 ? (
            <EmptyState icon={Layers} title={t("wave.none")} actions={create}>
              {t("wave.none.text")}
            </EmptyState>
          ) : (
            <WaveTable waves={waves.data.waves} />
          )}
        </section>
      ) : null}
    </div>
  );
}

function WaveTable({ waves }: WaveListView) {
  const { t } = useT();
  const format = useFormat();
  return (
    <Table caption={t("wave.list.caption")}>
      <TableHead>
        <Th>{t("wave.list.name")}</Th>
        <Th>{t("wave.list.status")}</Th>
        <Th numeric>{t("wave.list.members")}</Th>
        <Th numeric>{t("wave.list.online")}</Th>
        <Th numeric>{t("wave.list.held")}</Th>
        <Th className="max-sm:hidden">{t("wave.list.created")}</Th>
      </TableHead>
      <tbody>
        {waves.map(({ id, name, status, members, online, stopped, createdAt, createdBy }) => (
          <Tr key={id}>
            <Td>
              <Link href={`/waves/${id}`} className="link font-medium">
                {name}
              </Link>
            </Td>
            <Td>
              <WaveStatus status={status} held={stopped} />
            </Td>
            <Td numeric>{members}</Td>
            <Td numeric>{online}</Td>
            <Td numeric className={stopped > 0 ? "font-medium text-status-danger" : ""}>
              {stopped}
            </Td>
            <Td className="max-sm:hidden">
              {format.instant(createdAt)} <span className="text-fg-2">{createdBy}</span>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
