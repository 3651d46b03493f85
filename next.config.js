/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
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
    "pino",
  ],
};

export default config;
