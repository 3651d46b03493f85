export interface RoomRule {
  /** Said when the rule is broken. */
  says: string;
  /** Rooms of `lib`, `app` or `components`; its own room is always allowed. */
  rooms: readonly string[];
  /** Rooms whose types may be named; nothing of them runs here. */
  types?: readonly string[];
  /** Packages by name or by prefix ending in `*`. */
  packages: readonly string[];
  /** Packages that may not even be reached through what it imports. */
  neverReaches?: readonly string[];
}

const PURE = ["backup", "chain", "migration", "diagnosis"];
const ADAPTERS = ["sqlserver", "oss", "rds"];
/** Those of the outside services, with what they are made of. */
export const SDKS = ["mssql", "tedious", "ali-oss", "@alicloud/*", "@darabonba/*", "httpx"];
const REACT = ["react", "react-dom"];

/** What use cases and what they are made of may use beside rooms: of the outside only what ctx gives. */
const FRAMEWORKLESS = {
  packages: ["zod", "node:*"],
  neverReaches: [...SDKS, "openid-client", "ldapts", "@simplewebauthn/*", "pg-boss", "next", ...REACT],
};

/** Who may import whom: the table of docs/adr/0001-layer-first-tree.md, as data. */
export const IMPORT_TABLE: Readonly<Record<string, RoomRule>> = {
  // fzstd only unpacks bytes: no I/O, no clock.
  backup: {
    says: "backup is pure: no packages but a decompressor, no other room",
    rooms: [],
    packages: ["fzstd"],
  },
  chain: { says: "chain is pure and uses only backup", rooms: ["backup"], packages: [] },
  diagnosis: { says: "diagnosis is pure", rooms: [], packages: [] },
  migration: {
    says: "migration is pure and uses only backup, chain, diagnosis and zod",
    rooms: ["backup", "chain", "diagnosis"],
    packages: ["zod"],
  },
  forecast: {
    says: "forecast is pure: what will be, from what was measured; no clock, no chance but a seed's",
    rooms: ["backup", "migration"],
    packages: [],
  },
  wave: {
    says: "wave is pure: whose turn it is, and what each has of what all share",
    rooms: ["migration"],
    packages: ["zod"],
  },
  contracts: {
    says: "contracts are the pure rooms and zod",
    rooms: [...PURE, "forecast", "wave"],
    packages: ["zod"],
  },
  files: {
    says: "files knows what systems do otherwise with files than POSIX, and nothing of who keeps what in them",
    rooms: ["diagnosis"],
    packages: ["node:*"],
  },
  network: {
    says: "network knows by which way requests and mails leave, and nothing of who sends them",
    rooms: [],
    packages: ["nodemailer", "node:*"],
  },
  sqlserver: {
    says: "an adapter knows the pure rooms and its own SDK",
    rooms: PURE,
    packages: ["mssql", "tedious", "node:*"],
  },
  oss: {
    says: "an adapter knows the pure rooms and its own SDK",
    rooms: [...PURE, "files", "network"],
    packages: ["ali-oss", "fast-xml-parser", "yauzl", "zod", "node:*"],
  },
  rds: {
    says: "an adapter knows the pure rooms and its own SDK",
    rooms: [...PURE, "network"],
    packages: ["@alicloud/*", "@darabonba/*", "httpx", "zod", "node:*"],
  },
  identity: {
    says: "identity asks who somebody is of those who keep people elsewhere, and of people's devices, by one library each",
    rooms: ["diagnosis", "contracts", "network"],
    packages: ["openid-client", "ldapts", "ldapjs", "@simplewebauthn/*", "node:*"],
  },
  store: {
    says: "store knows the pure rooms, contracts and its databases, never services or SDKs",
    rooms: [...PURE, "wave", "contracts", "files"],
    types: ADAPTERS,
    packages: ["@prisma/*", "@electric-sql/pglite", "pglite-prisma-adapter", "pg", "zod", "node:*"],
    neverReaches: [...SDKS, "next", ...REACT],
  },
  once: {
    says: "once keeps what must not happen twice: it calls and looks by the adapters of ctx, and knows no framework",
    rooms: [...PURE, "contracts", "context", "store", ...ADAPTERS],
    ...FRAMEWORKLESS,
  },
  definitions: {
    says: "the definition of a step kind is pure and safe for the browser",
    rooms: PURE,
    packages: ["zod"],
  },
  plan: {
    says: "plan folds over the definitions of steps: it decides what follows and what stands, and does nothing else",
    rooms: [...PURE, "forecast", "contracts", "definitions", "store"],
    packages: ["zod"],
    neverReaches: [...SDKS, "next", ...REACT],
  },
  services: {
    says: "services use the adapters of ctx and know no framework",
    rooms: [
      ...PURE,
      "forecast",
      "wave",
      "contracts",
      "context",
      "store",
      "once",
      "preflight",
      "drift",
      "definitions",
      "plan",
      "steps",
      "notify",
      "auth",
      ...ADAPTERS,
    ],
    types: ["identity"],
    ...FRAMEWORKLESS,
  },
  notify: {
    says: "notify writes and signs messages to chats and webhooks, and posts them",
    rooms: [...PURE, "contracts", "i18n", "format"],
    types: ["network"],
    packages: ["node:*"],
    neverReaches: [...SDKS, "next", ...REACT],
  },
  context: {
    says: "context is what every use case gets: types of the adapters, nothing that runs",
    rooms: [...PURE, "contracts", "store"],
    types: [...ADAPTERS, "network", "identity"],
    packages: [],
  },
  preflight: {
    says: "preflight asks the world by the adapters of ctx; services call it, never back",
    rooms: [...PURE, "contracts", "context", "store", "once", ...ADAPTERS],
    ...FRAMEWORKLESS,
  },
  drift: {
    says: "drift watches the source by the adapters of ctx and knows no framework",
    rooms: [...PURE, "contracts", "context", "store", ...ADAPTERS],
    ...FRAMEWORKLESS,
  },
  steps: {
    says: "steps use store and adapters and know no framework; services and engine call them, never back",
    rooms: [
      ...PURE,
      "wave",
      "contracts",
      "context",
      "store",
      "once",
      "preflight",
      "drift",
      "definitions",
      "notify",
      ...ADAPTERS,
    ],
    packages: ["zod", "node:*"],
    neverReaches: ["next", ...REACT],
  },
  engine: {
    says: "engine uses services, store and adapters, and knows no framework",
    rooms: [
      ...PURE,
      "contracts",
      "context",
      "services",
      "store",
      "once",
      "preflight",
      "drift",
      "plan",
      "definitions",
      "steps",
      ...ADAPTERS,
    ],
    packages: ["pg-boss", "zod", "node:*"],
    neverReaches: ["next", ...REACT],
  },
  auth: {
    says: "auth keeps secrets: seals them, hashes passwords, makes tokens; it knows no framework",
    rooms: ["diagnosis", "contracts"],
    types: ["context"],
    packages: ["zod", "node:*"],
  },
  server: {
    says: "server is the edge: services, contracts and auth, never adapters or Prisma",
    rooms: [...PURE, "context", "services", "preflight", "contracts", "auth"],
    packages: ["next", "zod", "node:*"],
    neverReaches: [...SDKS, "pg-boss"],
  },
  client: {
    says: "client reaches the server over HTTP only",
    rooms: [...PURE, "contracts"],
    types: ["i18n", "format"],
    packages: ["@tanstack/react-query", "@simplewebauthn/browser", "zod", ...REACT],
  },
  i18n: {
    says: "i18n holds texts; only format stands below it, and the tables that their keys come from",
    rooms: ["format", "contracts"],
    types: ["diagnosis", "migration", "wave"],
    packages: [],
  },
  format: { says: "format is the only caller of Intl", rooms: [], packages: [] },
  ui: {
    says: "ui are primitives of any product: what they say comes from outside",
    rooms: [],
    packages: [...REACT, "next", "clsx", "lucide-react"],
  },
  components: {
    says: "components know the client's side only",
    rooms: [...PURE, "wave", "ui", "client", "contracts", "i18n", "format"],
    packages: [...REACT, "next", "@tanstack/react-query", "clsx", "lucide-react", "zod"],
  },
  app: {
    says: "app routes: pages to components, handlers to route() and a service",
    rooms: ["components", "ui", "client", "contracts", "i18n", "format", "server", "services", "preflight"],
    packages: [...REACT, "next", "zod", "@fontsource-variable/*"],
    neverReaches: [...SDKS, "pg-boss"],
  },
  sandbox: {
    says: "the sandbox knows backup headers, how a file is replaced, and nothing else of the product",
    rooms: ["backup", "files"],
    packages: ["fast-xml-parser", "node:*"],
  },
  demo: {
    says: "demo plays the people: it calls services over the sandbox, as pages do",
    rooms: [
      ...PURE,
      "wave",
      "contracts",
      "context",
      "services",
      "preflight",
      "start",
      "sandbox",
      "oss",
      "sqlserver",
      "i18n",
    ],
    packages: ["node:*"],
  },
  cli: {
    says: "cli starts things, calls services and says what came of it; the printed record is the page's own",
    rooms: [
      "components",
      "format",
      ...PURE,
      "forecast",
      "contracts",
      "context",
      "services",
      "start",
      "demo",
      "sandbox",
      "bench",
      "files",
      "network",
      "oss",
      "rds",
      "sqlserver",
      "i18n",
    ],
    packages: ["commander", "zod", "react-dom", "node:*"],
  },
  bench: {
    says: "benchmarks measure the product from outside, over the sandbox, and its pure rules on a virtual clock",
    rooms: [
      ...PURE,
      "forecast",
      "plan",
      "contracts",
      "context",
      "services",
      "preflight",
      "start",
      "store",
      "sandbox",
      "demo",
      "oss",
      "rds",
      "sqlserver",
    ],
    // ali-oss: `bench upload` measures against it.
    packages: ["commander", "ali-oss", "zod", "node:*"],
  },
  e2e: {
    says: "journeys start the product from outside and use no code of it but the sandbox, texts, backup files, and the directory of its tests",
    rooms: ["sandbox", "i18n", "contracts", "start", "backup", "identity"],
    packages: ["@playwright/test", "axe-core", "oidc-provider", "node:*"],
  },
};

/** The composition root joins everything, so it may import anything. */
export const FREE_ROOMS: readonly string[] = ["start", "architecture"];

/** Besides tests. */
export const SANDBOX_IMPORTERS: readonly string[] = ["sandbox", "bench", "cli", "demo", "start", "e2e"];

/** A query holds expressions, an expression queries: their files import one another as the grammar does. */
export const RECURSIVE_FOLDERS: readonly string[] = ["sandbox/sqlserver/tsql/"];
