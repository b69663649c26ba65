// `npm run format`: layout and import order of every file, rewritten in place.
import { spawnSync } from "node:child_process";

const { status } = spawnSync("biome", ["check", "--write", ...process.argv.slice(2)], { stdio: "inherit" });
process.exit(status ?? 1);
