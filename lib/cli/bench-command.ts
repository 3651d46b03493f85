import { benchChain } from "./bench-chain";
import { benchHeader } from "./bench-header";

const BENCHES: Record<string, () => Promise<Record<string, number | string>>> = {
  chain: benchChain,
  header: benchHeader,
};

/** Runs one benchmark and prints its figures: ratios of two things measured in the same run. Exit code 1: no such bench. */
export async function runBenchCommand(name: string, options: { json: boolean }): Promise<number> {
  const bench = BENCHES[name];
  if (!bench) {
    console.error(`chainferry bench: no benchmark ${name}. There are: ${Object.keys(BENCHES).join(", ")}.`);
    return 1;
  }
  const figures = await bench();
  if (options.json) console.log(JSON.stringify(figures));
  else for (const [key, value] of Object.entries(figures)) console.log(`${key.padEnd(28)} ${value}`);
  return 0;
}
