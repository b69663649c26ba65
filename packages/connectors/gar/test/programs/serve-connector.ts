/**
 * A connector in a process of its own, over a database and a folder that another process uses too. Arguments: the URL, the
 * folder, the file of the provider's metadata. Prints its address; ends with its input.
 */
import "../without-pages.ts";
import { readFileSync } from "node:fs";

const { makeWorld } = await import("../world.ts");
const [url = "", folder = "", metadata = ""] = process.argv.slice(2);
const world = await makeWorld({ url, folder, metadata: readFileSync(metadata, "utf8") });
process.stdin.once("end", () => void world.close().then(() => process.exit(0))).resume();
process.stdout.write(`${world.base}\n`);
