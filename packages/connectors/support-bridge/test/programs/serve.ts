/** A process of its own: takes hooks on a port until it is killed, or deals with what was stored. */
import "./without-pages.ts";
import { systemClock } from "@preau/kernel";

const { openHouseDatabases, openSupportHouse } = await import("../support-house.ts");
const [, , role = "", url = "", keysUrl = "", port = "0", api = ""] = process.argv;
const both = await openHouseDatabases(url, keysUrl);
const desk = { api, identifier: "e83f6a17", key: "key-of-the-desk" };
const house = await openSupportHouse(both, systemClock, desk, { port: Number(port), leaseMs: 500 });
if (role === "worker") house.worker.start();
process.stdout.write("at work\n");
