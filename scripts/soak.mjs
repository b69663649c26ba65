// `npm run soak -- NAME [--seed N] [--scale X]`: one long proof, repeatable from the seed that it prints.
//
// NAME is a file bench/NAME.soak.ts which exports `async function soak({ seed, scale }): Promise<void | object>` and
// throws when the proof fails. What it returns is printed. `--scale 0.02` runs a small slice of it.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chooseProgram } from "./measure/program.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: "string" }, scale: { type: "string", default: "1" } },
});
const { name, file } = chooseProgram(root, "soak", positionals[0]);
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const scale = Number(values.scale);

process.stdout.write(`${name}: seed ${seed}, scale ${scale}\n`);
const start = Date.now();
try {
  const { soak } = await import(file);
  const outcome = await soak({ seed, scale });
  if (outcome !== undefined) process.stdout.write(`${JSON.stringify(outcome, null, 2)}\n`);
  process.stdout.write(`${name}: held, ${((Date.now() - start) / 1000).toFixed(1)} s, seed ${seed}\n`);
  process.exit(0);
} catch (error) {
  process.stdout.write(
    `${error?.stack ?? error}\n${name}: FAILED, again with: npm run soak -- ${name} --seed ${seed} --scale ${scale}\n`,
  );
  process.exit(1);
}
