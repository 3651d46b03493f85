import type { SourceFacts } from "@/lib/sqlserver/source-facts";
import type { SourceServer } from "@/lib/sqlserver/source-server";
import { once } from "./once";

/** Foreign backups and log peaks are looked for this far back. */
export const HISTORY_DAYS = 7;

type Answer<Question extends keyof SourceFacts> = () => ReturnType<SourceFacts[Question]>;

/** The answers of the source about one database, each asked for at most once. */
export interface SourceWorld {
  database: Answer<"database">;
  availability: Answer<"availability">;
  encryption: Answer<"encryption">;
  editionFeatures: Answer<"editionFeatures">;
  storage: Answer<"storage">;
  lastCheck: Answer<"lastCheck">;
  backupJobs: Answer<"backupJobs">;
  backupOwners: Answer<"backupOwners">;
  encryptedBackups: Answer<"encryptedBackups">;
  maintenance: Answer<"maintenance">;
  drives: Answer<"drives">;
  rights: Answer<"rights">;
  logRate: Answer<"logRate">;
  logPeak: Answer<"logPeak">;
}

export function lookAtSource(source: () => Promise<SourceServer>, database: string): SourceWorld {
  const ask = <T>(question: (facts: SourceFacts) => Promise<T>): (() => Promise<T>) =>
    once(async () => question((await source()).facts));
  const history = { database, days: HISTORY_DAYS };
  return {
    database: ask((facts) => facts.database(database)),
    availability: ask((facts) => facts.availability(database)),
    encryption: ask((facts) => facts.encryption(database)),
    editionFeatures: ask((facts) => facts.editionFeatures(database)),
    storage: ask((facts) => facts.storage(database)),
    lastCheck: ask((facts) => facts.lastCheck(database)),
    backupJobs: ask((facts) => facts.backupJobs()),
    backupOwners: ask((facts) => facts.backupOwners(history)),
    encryptedBackups: ask((facts) => facts.encryptedBackups(history)),
    maintenance: ask((facts) => facts.maintenance(database)),
    drives: ask((facts) => facts.drives()),
    rights: ask((facts) => facts.rights(database)),
    logRate: ask((facts) => facts.logRate(database)),
    logPeak: ask((facts) => facts.logPeak(history)),
  };
}
