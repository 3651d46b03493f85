import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * Next tells every page to name 112 kB of polyfills for browsers without modules. Such a browser runs nothing else of ours, and
 * all others skip them: they are not named.
 */
async function leaveOutPolyfills({ distDir }) {
  const file = path.join(distDir, "build-manifest.json");
  const manifest = JSON.parse(await readFile(file, "utf8"));
  await writeFile(file, JSON.stringify({ ...manifest, polyfillFiles: [] }));
}

/** @type {import('next').NextConfig} */
const config = {
  // Contracts are written in zod. Browsers read them by a reader a tenth of its size, which a test holds to zod's answers.
  turbopack: { resolveAlias: { zod: { browser: "./lib/client/schema/browser-zod.ts" } } },
  experimental: {
    // Few files for a page, though pages then share less: what counts is how soon the first one stands. Sizes are of code as
    // it is written, about five times what a browser gets.
    turbopackChunking: { firstPageLoadPriority: 1, requestCost: 30_000, minChunkSize: 200_000 },
    optimisticRouting: false,
    // A page is loaded when somebody asks for it: most are seldom seen, and all together take some 20 MB.
    preloadEntriesOnStart: false,
  },
  compiler: { runAfterProductionCompile: leaveOutPolyfills },
  // As Next's own, of as many characters. Null: one by chance, where somebody builds by hand.
  generateBuildId: () => process.env.CHAINFERRY_BUILD ?? null,
  poweredByHeader: false,
  // No page has pictures to resize, and `/_next/image` would do so for anybody.
  images: { unoptimized: true },
  reactStrictMode: true,
  devIndicators: false,
  // `npm run typecheck` asks; whoever only starts Chainferry should not wait for it.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    "@electric-sql/pglite",
    "pglite-prisma-adapter",
    "@prisma/schema-engine-wasm",
    "@prisma/adapter-pg",
    "pg",
    "pg-boss",
    "mssql",
    "tedious",
    "ali-oss",
    "@alicloud/rds20140815",
    "@alicloud/ram20150501",
    "@alicloud/openapi-core",
    "@darabonba/typescript",
    "httpx",
    "pino",
  ],
};

export default config;
