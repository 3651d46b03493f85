import type { SourceRelease } from "@/sandbox/scenario/scenario";

/** What of the sandbox's server differs from release to release. */
export interface ServerRelease {
  productVersion: string;
  major: number;
  minor: number;
  build: number;
  productLevel: string;
  /** Null where the release does not know the property. */
  updateLevel: string | null;
  updateReference: string | null;
  edition: string;
  editionId: bigint;
  engineEdition: number;
  databaseVersion: number;
  compatibilityLevel: number;
  /** SERVERPROPERTY('InstanceDefaultBackupPath') came with 2019. */
  tellsBackupFolder: boolean;
  /** What BACKUP WITH COMPRESSION uses: `backup compression algorithm` of sys.configurations. */
  algorithm: "xpress" | "zstd";
  /** What @@VERSION says. */
  versionText: string;
}

const ENTERPRISE = { edition: "Enterprise Edition (64-bit)", editionId: 1804890536n, engineEdition: 3 };
/** Compresses backups from 2008 R2 on. */
const STANDARD = { edition: "Standard Edition (64-bit)", editionId: -1534726760n, engineEdition: 2 };

function release(
  year: string,
  of: Omit<ServerRelease, "major" | "minor" | "build" | "versionText"> & { builtOn: string; windows: string },
): ServerRelease {
  const { builtOn, windows, ...facts } = of;
  const [major = 0, minor = 0, build = 0] = of.productVersion.split(".").map(Number);
  const update =
    facts.updateLevel === null ? facts.productLevel : `${facts.productLevel}-${facts.updateLevel}`;
  const reference = facts.updateReference === null ? "" : ` (${facts.updateReference})`;
  const versionText = `Microsoft SQL Server ${year} (${update})${reference} - ${of.productVersion} (X64) \n\t${builtOn} \n\tCopyright (C) Microsoft Corporation\n\t${of.edition} on ${windows} <X64> (Hypervisor)\n`;
  return { ...facts, major, minor, build, versionText };
}

/** SQL Server 2019, where no scenario makes it another. */
const USUAL = release("2019", {
  ...ENTERPRISE,
  productVersion: "15.0.4430.1",
  productLevel: "RTM",
  updateLevel: "CU32",
  updateReference: "KB5054833",
  databaseVersion: 904,
  compatibilityLevel: 150,
  tellsBackupFolder: true,
  algorithm: "xpress",
  builtOn: "Feb 21 2025 17:33:34",
  windows: "Windows Server 2019 Datacenter 10.0",
});

const RELEASES: Readonly<Record<SourceRelease, ServerRelease>> = {
  "2008 R2": release("2008 R2", {
    ...STANDARD,
    productVersion: "10.50.6000.34",
    productLevel: "SP3",
    updateLevel: null,
    updateReference: null,
    databaseVersion: 661,
    compatibilityLevel: 100,
    tellsBackupFolder: false,
    algorithm: "xpress",
    builtOn: "Aug 19 2014 12:21:34",
    windows: "Windows NT 6.1",
  }),
  "2012": release("2012", {
    ...ENTERPRISE,
    productVersion: "11.0.7001.0",
    productLevel: "SP4",
    updateLevel: null,
    updateReference: "KB4018073",
    databaseVersion: 706,
    compatibilityLevel: 110,
    tellsBackupFolder: false,
    algorithm: "xpress",
    builtOn: "Aug 15 2017 10:23:29",
    windows: "Windows NT 6.3",
  }),
  "2014": release("2014", {
    ...ENTERPRISE,
    productVersion: "12.0.6329.1",
    productLevel: "SP3",
    updateLevel: "CU4",
    updateReference: "KB4500181",
    databaseVersion: 782,
    compatibilityLevel: 120,
    tellsBackupFolder: false,
    algorithm: "xpress",
    builtOn: "Jul 20 2019 21:42:29",
    windows: "Windows NT 6.3",
  }),
  "2025": release("2025", {
    ...ENTERPRISE,
    productVersion: "17.0.1000.7",
    productLevel: "RTM",
    updateLevel: null,
    updateReference: null,
    databaseVersion: 998,
    compatibilityLevel: 170,
    tellsBackupFolder: true,
    algorithm: "zstd",
    builtOn: "Oct 21 2025 12:05:57",
    windows: "Windows Server 2025 Datacenter 10.0",
  }),
};

/** Web and Express refuse WITH COMPRESSION (error 1844). */
export function compressesBackups(edition: string): boolean {
  return !/^(Web|Express)/i.test(edition);
}

/** The release that a scenario plays, the usual one for null. */
export function serverRelease(played: SourceRelease | null): ServerRelease {
  return played === null ? USUAL : RELEASES[played];
}
