/** A process of its own, until it is killed: takes hooks on a port (`hub`), deals with what was stored (`worker`), or does `both`. */
import "./without-pages.ts";
import { systemClock } from "@preau/kernel";

const { openHouseDatabases, openSupportHouse } = await import("../support-house.ts");
const [, , role = "", url = "", keysUrl = "", port = "0", api] = process.argv;
const both = await openHouseDatabases(url, keysUrl);
const desk = api === undefined ? {} : { api, identifier: "e83f6a17", key: "key-of-the-desk" };
const house = await openSupportHouse(both, systemClock, desk, { port: Number(port), leaseMs: 500 });
if (role !== "hub") house.worker.start();
process.stdout.write("at work\n");
