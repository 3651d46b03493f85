import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";
import { nodeFileTrace } from "@vercel/nft";
import { root } from "../hash-sources.mjs";

/** Where a built page looks for packages under names with a hash: links, which an archive for Windows can't hold. */
const ALIASES = ".next/node_modules";
/** What a page server reads beside what its code names. */
const BUILT = [".next/server", ".next/static", "public", "prisma/migrations", "lib/sqlserver/sql"];
const BUILT_FILES = [
  ...["package.json", "next.config.js", "prisma/schema.prisma", "LICENSE", "README.md", "CHANGELOG.md"],
  ...[".next/package.json", ".next/BUILD_ID", ".next/built-from"],
];
/** Named at run time only, so that no trace finds them: what brings a store up to date, and what a printed record is laid out with. */
const READ_AT_RUN_TIME = [
  "node_modules/@prisma/schema-engine-wasm/schema_engine_bg.wasm",
  "components/report/paper.css",
  "node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
];
/** Never run here: pictures are not resized, nothing is compiled; Next puts the source of a worker beside the built one. */
const LEFT_OUT =
  /\.map$|\.d\.[cm]?ts$|\.nft\.json$|^node_modules\/(?:@img|sharp|@next\/swc|caniuse-lite|typescript|esbuild)\/|\.runtime\.dev\.js$|^\.next\/(?:cache|diagnostics|trace)|^\.next\/static\/media\/[^/]+\.ts$/;

/**
 * Every file of the built product that runs without development tools, as its path from the project's root, sorted, and the
 * small packages that stand for Next's links. `sources`: the hash of what the pages were built from. `program`: the built command line, from the root.
 */
export async function collectApp(program) {
  const files = new Set(BUILT_FILES.filter((file) => existsSync(path.join(root, file))));
  for (const folder of BUILT) for (const file of filesUnder(folder)) files.add(file);
  for (const name of readdirSync(path.join(root, ".next"))) {
    if (/manifest\.json$|^required-server-files\.json$/.test(name)) files.add(`.next/${name}`);
  }
  for (const file of await tracedFrom(program)) files.add(file);
  for (const file of tracedByNext()) files.add(file);
  const kept = [...files].filter((file) => !LEFT_OUT.test(file) && !file.startsWith(`${ALIASES}/`));
  const sources = readFileSync(path.join(root, ".next/built-from"), "utf8");
  // The page that tells what the product is made of reads them all, also those that a bundle has swallowed.
  const { dependencies } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const manifests = Object.keys(dependencies).map((name) => `node_modules/${name}/package.json`);
  for (const file of [...READ_AT_RUN_TIME, ...manifests]) if (!kept.includes(file)) kept.push(file);
  return { files: kept.sort(), stubs: aliasStubs(), sources };
}

/** What the command line loads, Next's server among it: its own build traces another way in than ours. */
async function tracedFrom(program) {
  const { fileList } = await nodeFileTrace([program], {
    base: root,
    processCwd: root,
    // As Node resolves since 20.19 (https://nodejs.org/docs/latest-v20.x/api/packages.html#conditional-exports).
    conditions: ["node", "module-sync"],
    ignore: [
      "node_modules/{sharp,@img,typescript,@next/swc-*}/**",
      "**/*.map",
      "**/*.runtime.dev.js",
      "lib/**",
      "sandbox/**",
    ],
  });
  return fileList;
}

function tracedByNext() {
  const traces = [".next/next-server.js.nft.json", ...filesUnder(".next/server", /\.nft\.json$/)];
  return traces.flatMap((trace) => {
    const folder = path.dirname(path.join(root, trace));
    const { files } = JSON.parse(readFileSync(path.join(root, trace), "utf8"));
    // It names folders of the project too, where code reads what is known at run time only.
    return files
      .map((file) => posix(path.relative(root, path.resolve(folder, file))))
      .filter((file) => file.startsWith("node_modules/"));
  });
}

/**
 * `pg-587764f78a6c7a9c` and the like, each a package that gives what the real one gives: one instance of it, whoever asks by
 * which name. Names and contents of their files.
 */
function aliasStubs() {
  const server = filesUnder(".next/server", /\.js$/).map((file) =>
    readFileSync(path.join(root, file), "utf8"),
  );
  const stubs = new Map();
  for (const alias of links(ALIASES)) {
    const target = path.resolve(
      root,
      ALIASES,
      path.dirname(alias),
      readlinkSync(path.join(root, ALIASES, alias)),
    );
    const name = posix(path.relative(path.join(root, "node_modules"), target));
    const asked = new Set([""]);
    const pattern = new RegExp(`["']${alias.replaceAll(/[/.]/g, "\\$&")}(/[^"']*)?["']`, "g");
    for (const text of server) for (const [, sub] of text.matchAll(pattern)) asked.add(sub ?? "");
    const exports = {};
    [...asked].sort().forEach((sub, index) => {
      exports[`.${sub}`] = { import: `./${index}.mjs`, default: `./${index}.cjs` };
      const real = JSON.stringify(`${name}${sub}`);
      stubs.set(`${ALIASES}/${alias}/${index}.cjs`, `module.exports = require(${real});\n`);
      stubs.set(
        `${ALIASES}/${alias}/${index}.mjs`,
        `import * as real from ${real};\nexport * from ${real};\nexport default real.default ?? real;\n`,
      );
    });
    stubs.set(`${ALIASES}/${alias}/package.json`, `${JSON.stringify({ name: alias, exports }, null, 2)}\n`);
  }
  return stubs;
}

function links(folder, under = "") {
  const found = [];
  const at = path.join(root, folder, under);
  if (!existsSync(at)) return found;
  for (const entry of readdirSync(at, { withFileTypes: true })) {
    const name = under === "" ? entry.name : `${under}/${entry.name}`;
    if (entry.isSymbolicLink()) found.push(name);
    else if (entry.isDirectory()) found.push(...links(folder, name));
  }
  return found;
}

function filesUnder(folder, named = /./) {
  if (!existsSync(path.join(root, folder))) return [];
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && named.test(entry.name))
    .map((entry) => posix(path.relative(root, path.join(entry.parentPath, entry.name))));
}

function posix(file) {
  return file.split(path.sep).join("/");
}
