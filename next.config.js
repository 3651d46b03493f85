/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
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
