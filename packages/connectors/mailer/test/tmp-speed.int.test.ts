import { request, Agent } from "node:http";
import { systemClock } from "@preau/kernel";
import { temporaryFolder } from "@preau/testing";
import { it } from "vitest";
import { makeMailHouse, openHouseDatabases } from "./mail-house.ts";
import { openMailSite } from "./mail-site.ts";
it("speed", async () => {
  const f = temporaryFolder();
  const both = await openHouseDatabases(`sqlite:${f}/a.sqlite`, `sqlite:${f}/k.sqlite`);
  const house = await makeMailHouse(both, systemClock, { options: { hookSecret: "x".repeat(32) } });
  const { base } = await openMailSite(house);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const post = (n: number) => new Promise<number>((resolve, reject) => {
    const at = performance.now();
    const body = JSON.stringify({ event: "hard_bounce", email: `a${n}@x.example`, "message-id": `<${n}@x.example>`, ts_event: Math.floor(Date.now() / 1000), subject: "x", reason: "y" });
    const r = request(`${base}/mail/hooks/brevo`, { agent, method: "POST", headers: { authorization: `Bearer ${"x".repeat(32)}`, "content-type": "application/json", "content-length": Buffer.byteLength(body) } }, (answer) => { answer.resume(); answer.on("end", () => answer.statusCode === 200 ? resolve(performance.now() - at) : reject(new Error(String(answer.statusCode)))); });
    r.on("error", reject); r.end(body);
  });
  for (let n = 0; n < 200; n += 1) await post(n);
  const all: Promise<number>[] = [];
  const start = performance.now();
  for (let n = 0; n < 3000; n += 1) {
    const due = start + n * 2;
    while (performance.now() < due) await new Promise((r) => setTimeout(r, 1));
    all.push(post(1000 + n));
  }
  const ms = (await Promise.all(all)).sort((a, b) => a - b);
  const s = (performance.now() - start) / 1000;
  console.log(`SPEED ${(3000 / s).toFixed(0)}/s p50 ${ms[1500]?.toFixed(1)} p99 ${ms[2970]?.toFixed(1)} max ${ms.at(-1)?.toFixed(1)}`);
}, 60_000);
