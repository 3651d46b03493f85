import type { CloudAccountSettings, SqlServerSettings } from "@/lib/contracts/connection";
import type { SandboxChoice, SandboxSettings } from "@/lib/contracts/sandbox-settings";
import type { Scope } from "@/lib/contracts/scope";
import type { Role, SystemView } from "@/lib/contracts/system";
import type { IdentitySources } from "@/lib/identity/sources/identity-sources";
import type { CallOut } from "@/lib/network/call-out";
import type { MailOut } from "@/lib/network/mail-out";
import type { ObjectStore } from "@/lib/oss/object-store";
import type { RdsAccount } from "@/lib/rds/rds-account";
import type { SourceServer } from "@/lib/sqlserver/source-server";
import type { Prisma, PrismaClient } from "@/lib/store/generated/client";

export type Actor =
  /** `sessionId` of those who came by a browser; the command line has none. `scope`: to what they are limited. */
  | { kind: "person"; id: string; name: string; role: Role; sessionId?: string; scope?: Scope | null }
  /** Not signed in. */
  | { kind: "nobody"; id: "nobody"; name: "nobody"; role: null }
  /** The engine itself. */
  | { kind: "system"; id: "engine"; name: "engine"; role: "operator" };

/** From where a call came. */
export interface Caller {
  address: string;
  userAgent: string;
  /** Of our pages, as whoever calls sees them: `https://chainferry.corp.example`. */
  origin: string;
  requestId: string;
}

/**
 * Adapters by saved connection (cached, closed on change) or by settings that are not saved yet (the caller closes
 * what has a `close`).
 */
export interface Clients {
  source(connectionId: string): Promise<SourceServer>;
  objects(connectionId: string): Promise<ObjectStore>;
  rds(connectionId: string): Promise<RdsAccount>;
  openSource(settings: SqlServerSettings, password: string): Promise<SourceServer>;
  openObjects(settings: CloudAccountSettings, accessKeySecret: string): Promise<ObjectStore>;
  openRds(settings: CloudAccountSettings, accessKeySecret: string): Promise<RdsAccount>;
  /** Forget cached clients of a connection that changed. */
  forget(connectionId: string): Promise<void>;
}

export interface Sealer {
  /** `row`: table and id of where the sealed text is kept, `Connection/abc`; it opens nowhere else. */
  seal(plain: string, row: string): string;
  unseal(sealed: string, row: string): string;
}

/** The sandbox that may run beside this process, and whether the next start has one. */
export interface SandboxHand {
  scenarios: readonly string[];
  /** One or several of them, joined by commas. */
  isScenario(names: string): boolean;
  read(): Promise<Omit<SandboxSettings, "scenarios">>;
  /** Keeps it for the next start, and plays its scenario where one runs. */
  choose(choice: SandboxChoice): Promise<void>;
  /** A connection that is not the sandbox's was made. */
  noteReal(): Promise<void>;
}

/** What every use case gets. Nothing here reads the environment. */
export interface Ctx {
  actor: Actor;
  /** Null: nobody called, this process acts by itself. */
  caller: Caller | null;
  now(): Date;
  newId(): string;
  db: PrismaClient;
  clients: Clients;
  sealer: Sealer;
  /** Asks an address that a person typed, where it may be asked. */
  callOut: CallOut;
  /** Sends e-mail by a server that a person typed, where it may be asked. */
  mailOut: MailOut;
  /** Who else knows people: an OpenID provider, a directory. */
  identity: IdentitySources;
  sandboxHand: SandboxHand;
  /** Tell the engine after a commit that steps are queued. Losing this call costs a second: the sweep finds them. */
  wake(): void;
  system: Pick<SystemView, "version" | "store" | "engine" | "sandbox" | "signIn">;
  log: {
    info(fields: object, message: string): void;
    warn(fields: object, message: string): void;
    error(fields: object, message: string): void;
  };
}

/** A transaction of the store. Inside it use only `tx`: PGlite has one connection, anything else would wait for ever. */
export type Tx = Prisma.TransactionClient;

/** The shape of every use case: `verbNoun({ ctx, input })`. */
export interface Use<Input> {
  ctx: Ctx;
  input: Input;
}
