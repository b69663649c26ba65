import { readdirSync, readFileSync } from "node:fs";
import { type Agreement, compileGateTable, readAgreementFolder, referenceFolder } from "@preau/agreement";
import {
  controllerId,
  type Flow,
  type GarSubject,
  makeGate,
  manualClock,
  type Origin,
  type Permit,
  type SubjectDirectory,
  type Unit,
} from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { judgePerson } from "../src/judge-person.ts";
import { mayBeKnownAtDesk } from "../src/make-wall.ts";
import { crispClient } from "../src/sources/crisp-client.ts";
import type { DeskClient } from "../src/sources/source.ts";

const CONTROLLER = controllerId("college-du-hameau");
const TERMS = { recipient: "supportDesk", purpose: "support", category: "supportRequests" };
const unit = {} as Unit;

/** The reference agreement, with a word of it changed. */
function agreementWith(from?: string, to?: string): Agreement {
  const files = readdirSync(referenceFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`);
  const folder = new URL(referenceFolder).pathname;
  const texts = files.map(
    (file) => [file.slice(folder.length).replace(/^\//, ""), readFileSync(file, "utf8")] as const,
  );
  if (from !== undefined) expect(texts.filter(([, text]) => text.includes(from))).toHaveLength(1);
  return readAgreementFolder(
    new Map(texts.map(([name, text]) => [name, from === undefined ? text : text.replace(from, to ?? "")])),
  );
}

function judgeUnder(agreement: Agreement) {
  const table = compileGateTable(agreement);
  const gate = makeGate({ clock: manualClock(), tableFor: () => table });
  const subjects = (kind: string) =>
    ({ identifiers: () => Promise.resolve([{ kind, value: "1" }]) }) as unknown as SubjectDirectory;
  const products = agreement.products.map(({ id }) => id);
  return {
    gate,
    mayBeKnown: mayBeKnownAtDesk({ gate, terms: TERMS, productsOf: () => products }),
    judge: (
      product: string,
      origin: Origin,
      role: string,
      kind = origin === "gar" ? "gar.ido" : "lms.account",
    ) =>
      judgePerson(unit, { gate, subjects: subjects(kind) }, TERMS, {
        ...{ controller: CONTROLLER, product, origin, role, subject: "sub_1" },
      }),
  };
}

const reference = agreementWith();
const opened = agreementWith("origins: outsideGarOnly", "origins: everyOrigin");
const products = reference.products.map(({ id }) => id);
const roles = [...new Set(reference.annexB.map(({ role }) => role)), "stranger"];
const everyone = products.flatMap((product) =>
  (["gar", "outsideGar"] as const).flatMap((origin) => roles.map((role) => ({ product, origin, role }))),
);

describe("who is offered the desk (DC)", () => {
  it("are administrators and teachers outside the GAR whose support requests annex B has, and nobody else", async () => {
    const { judge } = judgeUnder(reference);
    const offered: string[] = [];
    for (const { product, origin, role } of everyone)
      if ((await judge(product, origin, role)).side === "desk") offered.push(`${product} ${origin} ${role}`);
    expect(offered.sort()).toEqual([
      "jardin outsideGar administrator",
      "jardin outsideGar teacher",
      "plume outsideGar administrator",
      "plume outsideGar teacher",
    ]);
  });

  it("whoever has an identifier of the GAR is of it, whatever a token or an LMS says", async () => {
    const { judge } = judgeUnder(reference);
    expect(await judge("plume", "outsideGar", "teacher", "gar.ido")).toMatchObject({
      ...{ side: "hub", reason: "OUTSIDE_GAR_ONLY", clause: "DC" },
    });
  });

  it("an agreement whose annex C lets every origin through flips the offers of GAR teachers with support requests, and nothing else", async () => {
    const [before, after] = [judgeUnder(reference), judgeUnder(opened)];
    const flipped: string[] = [];
    for (const { product, origin, role } of everyone) {
      const [one, other] = [
        await before.judge(product, origin, role),
        await after.judge(product, origin, role),
      ];
      if (one.side !== other.side)
        flipped.push(`${product} ${origin} ${role}: ${one.side} ${one.reason} → ${other.side}`);
    }
    expect(flipped).toEqual(["plume gar teacher: hub OUTSIDE_GAR_ONLY → desk"]);
    const known = { controller: CONTROLLER, origin: "gar", role: "teacher" } as const;
    expect([before.mayBeKnown(known), after.mayBeKnown(known)]).toEqual([false, true]);
    expect(after.mayBeKnown({ ...known, role: "pupil" })).toBe(false);
  });
});

describe("a client of the desk (DC)", () => {
  const said = {
    conversation: "session_00000001-1111-4222-8333-944444444444",
    text: "x",
    fingerprint: "1",
    categories: [TERMS.category],
  };
  const sent: unknown[] = [];
  const client: DeskClient = crispClient({
    fetch: (...all) => {
      sent.push(all);
      return Promise.resolve({ status: 200, headers: new Headers(), json: {} });
    },
    ...{
      api: "https://desk.example/v1",
      website: "w",
      identifier: "i",
      key: "k",
      recipient: TERMS.recipient,
    },
  });

  it("takes no permit of the GAR and no subject of it: neither compiles", () => {
    const attempts = (permit: Permit<"gar">, subject: GarSubject, any: Permit) => [
      // @ts-expect-error a permit of the GAR is none for the desk
      () => client.say(permit, said),
      // @ts-expect-error a subject of the GAR is no permit
      // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- that it does not compile is the test
      () => client.say(subject, said),
      // @ts-expect-error a permit of whatever origin is none for the desk
      () => client.say(any, said),
    ];
    expect(attempts).toHaveLength(3);
  });

  it("refuses at run time what a cast or a forgery hands it, and sends nothing", async () => {
    const { gate } = judgeUnder(opened);
    const flow: Omit<Flow, "origin"> = {
      ...{ controller: CONTROLLER, product: "plume", operation: "send", role: "teacher", subject: "sub_1" },
      ...{ categories: [TERMS.category], purpose: TERMS.purpose, recipient: TERMS.recipient },
    };
    const ofGar = await gate.permit<"gar">({ ...flow, origin: "gar" }, unit);
    const cast = ofGar as unknown as Permit<"outsideGar">;
    await expect(client.say(cast, said)).rejects.toMatchObject({ code: "SUPPORT_WALL" });
    const forged = { redeem: () => ({ ...flow, origin: "outsideGar" }) } as unknown as Permit<"outsideGar">;
    await expect(client.say(forged, said)).rejects.toMatchObject({ code: "PERMIT_FORGED" });
    const subject = { id: "sub_1", origin: "gar" } as unknown as Permit<"outsideGar">;
    await expect(client.say(subject, said)).rejects.toMatchObject({ code: "PERMIT_FORGED" });
    expect(sent).toEqual([]);
    const good = await gate.permit<"outsideGar">({ ...flow, origin: "outsideGar" }, unit);
    expect(await client.say(good, said)).toEqual({ outcome: "sent" });
    expect(sent).toHaveLength(1);
  });
});
