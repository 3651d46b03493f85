import { fromHeaderJson } from "@/lib/backup/header-json";
import { assessChain, type ChainInput } from "./assess-chain";
import type { ChainFile, ChainProblem } from "./verdict";

type Fields = Record<string, unknown> & { complete?: boolean };

export function file(name: string, fields: Fields): ChainFile {
  const { complete = true, ...rest } = fields;
  const base = {
    databaseName: "Sales",
    familyGuid: "FA",
    lastRecoveryForkGuid: "R1",
    firstRecoveryForkGuid: "R1",
  };
  return { name, complete, set: fromHeaderJson({ ...base, ...rest }) };
}

export const full = (name: string, first: number, last: number, more: Fields = {}) =>
  file(name, {
    type: "full",
    firstLsn: first,
    lastLsn: last,
    checkpointLsn: first,
    backupSetGuid: `G-${name}`,
    ...more,
  });
export const diff = (name: string, base: string, first: number, last: number, more: Fields = {}) =>
  file(name, {
    type: "differential",
    firstLsn: first,
    lastLsn: last,
    differentialBaseGuid: `G-${base}`,
    ...more,
  });
export const log = (name: string, first: number, last: number, more: Fields = {}) =>
  file(name, { type: "log", firstLsn: first, lastLsn: last, ...more });

export function brief(input: ChainInput) {
  const { ok, order, reachedLsn, problems } = assessChain(input);
  return {
    ok,
    order,
    reachedLsn: reachedLsn === null ? null : Number(reachedLsn),
    problems: problems.map(words),
  };
}

function words({ kind, file: name, fromLsn, toLsn }: ChainProblem): string {
  const range = fromLsn === undefined ? "" : ` ${fromLsn}..${toLsn}`;
  return `${kind}${name === undefined ? "" : ` ${name}`}${range}`;
}

export const R2 = { firstRecoveryForkGuid: "R2", lastRecoveryForkGuid: "R2" };
export const crossing = { firstRecoveryForkGuid: "R1", lastRecoveryForkGuid: "R2" };
