/**
 * CPU of a whole SAML sign-in at the connector (gate in front, library, checks behind, use of the request and of the
 * assertion in SQLite) against the library's bare validation of the same responses, in alternating batches of one
 * process; and CPU of hostile bodies. Gate, directory and journal answer at once: they have benchmarks of their own.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SAML } from "@node-saml/node-saml";
import { makeUnitOfWork, migrate, openDatabase } from "@preau/database";
import { type Gate, makeEvents, makeGate, makeIds, millisOf, silentLog, systemClock } from "@preau/kernel";
import { figureOf } from "@preau/testing";
import type { Request } from "express";
import type { GarPorts } from "../src/door.ts";
import { GarStrategy } from "../src/http/gar-strategy.ts";
import { runStrategy } from "../src/http/run-strategy.ts";
import { garMigrations } from "../src/migrations/index.ts";
import { garOptions } from "../src/options.ts";
import { samlService } from "../src/saml/gar-saml-service.ts";
import {
  base64,
  honest,
  idpKey,
  idpMetadata,
  makeKey,
  signedResponse,
  signXml,
} from "../test/identity-provider.ts";

interface Prepared {
  readonly encoded: string;
  readonly request: Request;
}

const BATCH = 20;
const BATCHES = 6;
/** Rounds that are not counted, so that both sides are compiled. */
const WARM_UP = 3;
const HOSTILE_LIMIT_MS = 50;

/** Cases `valid response`, `valid response, two certificates`, and one a hostile body. Milliseconds of CPU each. */
export async function bench({ runs }: { readonly runs: number; readonly seed: number }) {
  const folder = mkdtempSync(join(tmpdir(), "gar-bench-"));
  const database = await openDatabase({ url: "sqlite::memory:" });
  try {
    await migrate(database, [{ owner: "gar", migrations: garMigrations }]);
    const ports = portsOver(makeUnitOfWork(database));
    const one = makeSide(ports, folder, idpMetadata());
    const two = makeSide(ports, folder, idpMetadata([makeKey("Next"), idpKey]));
    const cpu = { one: [] as number[], two: [] as number[], bare: [] as number[] };
    const rounds = Math.max(5, runs);
    for (let round = -WARM_UP; round < rounds; round += 1) {
      const spent = { one: 0, two: 0, bare: 0 };
      const [mine, theirs] = [await one.prepare(BATCH * BATCHES), await two.prepare(BATCH * BATCHES)];
      for (let batch = 0; batch < BATCHES; batch += 1) {
        const part = (all: readonly Prepared[]) => all.slice(batch * BATCH, (batch + 1) * BATCH);
        const sides = [
          async () => (spent.one += await cpuOf(part(mine), one.signIn)),
          async () => (spent.bare += await cpuOf(part(mine), one.bare)),
          async () => (spent.two += await cpuOf(part(theirs), two.signIn)),
        ];
        // Each side is first in its turn, so that collecting another's garbage falls on all alike.
        for (let turn = 0; turn < sides.length; turn += 1) await sides[(batch + turn) % sides.length]?.();
      }
      if (round < 0) continue;
      for (const side of ["one", "two", "bare"] as const) cpu[side].push(spent[side] / (BATCH * BATCHES));
    }
    const ours = figureOf(cpu.one, "ms");
    return {
      cases: [
        {
          case: "valid response",
          ours,
          peer: { name: "node-saml validatePostResponseAsync, bare", ...figureOf(cpu.bare, "ms") },
          goal: "<= 1.3",
        },
        {
          case: "valid response, two certificates, the second signs",
          ours: figureOf(cpu.two, "ms"),
          peer: { name: "ours with one certificate", ...ours },
          goal: "<= 1.1",
        },
        ...(await hostileCases(one, rounds)),
      ],
    };
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function portsOver(unitOfWork: GarPorts["unitOfWork"]): GarPorts {
  const clock = systemClock;
  const ids = makeIds(clock);
  const answer = { allowed: true, clause: "DB.K.gar-teacher", reason: "ALLOWED" } as const;
  const table = { agreement: "sha256:0", row: () => ({ answers: new Map(), otherwise: answer }) };
  const gate: Gate = makeGate({ tableFor: () => table, clock });
  const subject = ids.next("sub");
  const entry = ids.next("jrn");
  return {
    clock,
    ids,
    log: silentLog,
    unitOfWork,
    gate,
    events: makeEvents([]),
    subjects: {
      find: () => Promise.resolve(subject),
      identify: () => Promise.resolve(subject),
      link: () => Promise.resolve(),
      identifiers: () => Promise.resolve([]),
      forget: () => Promise.resolve(),
    },
    sessions: { revoke: () => Promise.resolve(0), revokeByKey: () => Promise.resolve(0) },
    vault: { mac: () => Promise.resolve(Buffer.alloc(32, 1)) },
    journal: {
      record: () => Promise.resolve(entry),
      entries: () => Promise.resolve([]),
      prove: () => Promise.resolve(undefined),
      forget: () => Promise.resolve(),
    },
  };
}

function makeSide(ports: GarPorts, folder: string, metadata: string) {
  const idpFile = join(folder, `${ports.ids.next("idp")}.xml`);
  writeFileSync(idpFile, metadata);
  const options = garOptions.parse({ idpMetadata: idpFile, keyFile: join(folder, "key.pem") });
  const service = samlService(ports, options);
  const strategy = new GarStrategy(service);
  const { consumer, entityId: audience } = service.names;
  const library = new SAML({
    callbackUrl: consumer,
    issuer: audience,
    audience,
    idpCert: idpKey.certificate,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: false,
    acceptedClockSkewMs: 60_000,
  });
  const begun = async (change: (xml: string) => string = (xml) => xml): Promise<Prepared> => {
    const { id, browserToken } = await service.door.begin({ next: undefined, browserToken: undefined });
    const fields = honest({ requestId: id, now: millisOf(ports.clock.now()), consumer, audience });
    const encoded = base64(change(signedResponse(fields)));
    const headers = { cookie: `preau-gar=${browserToken}` };
    const request: unknown = { method: "POST", headers, body: { SAMLResponse: encoded } };
    return { encoded, request: request as Request };
  };
  return {
    prepare: (count: number, change?: (xml: string) => string) =>
      Promise.all(Array.from({ length: count }, () => begun(change))),
    signIn: async ({ request }: Prepared) => {
      const { kind } = await runStrategy(strategy, request);
      if (kind !== "success") throw new Error("the honest response was refused");
    },
    refuse: async ({ request }: Prepared) => {
      const refused = await runStrategy(strategy, request).then(
        () => false,
        () => true,
      );
      if (!refused) throw new Error("a hostile body was accepted");
    },
    bare: async ({ encoded }: Prepared) => {
      await library.validatePostResponseAsync({ SAMLResponse: encoded });
    },
  };
}

async function hostileCases(side: ReturnType<typeof makeSide>, runs: number) {
  const stuffed = (content: string) => (xml: string) =>
    xml.replace("</saml:AttributeStatement>", `${content}$&`);
  const value = "<saml:AttributeValue/>";
  const attributes = (count: number, content = value) =>
    stuffed(
      Array.from(
        { length: count },
        (_, n) => `<saml:Attribute Name="X${n}">${content}</saml:Attribute>`,
      ).join(""),
    );
  const typed =
    '<saml:AttributeValue xmlns:xs="http://www.w3.org/2001/XMLSchema"' +
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">x</saml:AttributeValue>';
  const declarations = Array.from({ length: 900 }, (_, n) => `xmlns:p${n}="urn:p${n}"`).join(" ");
  const declaring = (xml: string) => xml.replace("<samlp:Response ", `$&${declarations} `);
  const bothSigned = (xml: string) =>
    signXml(xml, { element: "Response" }).replace("National_ens", "National_eni");
  const bodies = {
    "10,000 flat elements": stuffed("<x/>".repeat(10_000)),
    "20,000 flat elements": stuffed("<x/>".repeat(20_000)),
    "5,000 nested elements": stuffed("<x>".repeat(5_000) + "</x>".repeat(5_000)),
    "8,000 comments": stuffed("<!---->".repeat(8_000)),
    "as many elements as the gate lets through": stuffed(
      `<saml:Attribute Name="X">${value.repeat(240)}</saml:Attribute>`,
    ),
    "as many attributes as the gate lets through": attributes(120),
    "as many typed values as the gate lets through": attributes(120, typed),
    "the same, Response and assertion signed": (xml: string) => bothSigned(attributes(110, typed)(xml)),
    "440 elements with a bad signature": attributes(190),
    "440 elements under 900 namespaces": (xml: string) => declaring(attributes(190)(xml)),
  };
  const cases = [];
  for (const [name, change] of Object.entries(bodies)) {
    const spent: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      spent.push(await cpuOf(await side.prepare(1, change), side.refuse));
    }
    const ours = figureOf(spent, "ms");
    cases.push({
      case: `refuse ${name}`,
      ours,
      goal: `<= ${HOSTILE_LIMIT_MS} ms of CPU`,
      met: ours.median <= HOSTILE_LIMIT_MS,
    });
  }
  return cases;
}

/** Milliseconds of CPU, user and system, that these took one after the other. */
async function cpuOf(prepared: readonly Prepared[], work: (one: Prepared) => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  for (const each of prepared) await work(each);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
