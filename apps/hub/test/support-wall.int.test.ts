/**
 * The wall over the whole way out: invented people of the GAR, pupils, children and parents are offered support, ask, write at the
 * desk all the same, are named in answers and are erased; of all that, no byte about them reaches the desk from here. @clause DC
 */
import { inUnit } from "@preau/database";
import { isFault, type Permit } from "@preau/kernel";
import { messageNaming, personKinds, seededChance, type WalledPerson, walledPerson } from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ACACIAS, type SupportHouse, startSupportHouse } from "./support-house.ts";

interface Captured {
  readonly captured: readonly {
    readonly side: string;
    readonly method: string;
    readonly path: string;
    readonly text: string;
    readonly headers: unknown;
  }[];
}
type Signed = Awaited<ReturnType<SupportHouse["signIn"]>>;
interface Actor {
  readonly person: WalledPerson;
  readonly signed: Signed;
}

const SEED = Number(process.env["PREAU_WALL_SEED"] ?? 20_261_127);
const random = seededChance(SEED);
let house: SupportHouse;
let actors: readonly Actor[] = [];
const persons: WalledPerson[] = [];
/** Everything that we sent to the desk in the course of this file. */
const sent: Captured["captured"][number][] = [];
let answered = 0;

beforeAll(async () => {
  house = await startSupportHouse();
  // Two of every kind, so that each is somebody's namesake's neighbour.
  const made: Actor[] = [];
  for (const kind of [...personKinds, ...personKinds]) {
    const person = walledPerson(random, kind);
    persons.push(person);
    made.push({ person, signed: await signIn(person) });
  }
  actors = made;
  await house.hub.ports.unitOfWork.transaction((unit) =>
    house.hub.ports.instructions.record(unit, {
      ...{ controller: ACACIAS, kind: "staffAccess", clause: "DB.n", by: { role: "controllerDpo" } },
      scope: { recipients: ["supportTeam"], purposes: ["support"] },
      key: "support",
    }),
  );
}, 120_000);
afterAll(() => house.stop());

/** As at a sign-in: they are known to the directory, and by their words. */
async function signIn(person: WalledPerson): Promise<Signed> {
  const { origin, role, words } = person;
  const number = words.find(({ kind, value }) => kind === "number" && value.length === 128)?.value;
  const login = words.find(({ kind }) => kind === "login")?.value ?? "";
  const signed = await house.signIn({
    ...{ origin, role, product: role === "child" || role === "parent" ? "jardin" : "plume" },
    identifier:
      number === undefined ? { kind: "school.account", value: login } : { kind: "gar.ido", value: number },
  });
  const { ports } = house.hub;
  await ports.unitOfWork.transaction((unit) =>
    ports.knownPersons.note(unit, { controller: ACACIAS, subject: signed.subject, origin, role, words }),
  );
  return signed;
}

const rows = (table: string, where: Readonly<Record<string, string>>) =>
  house.hub.ports.unitOfWork.transaction(
    async (unit) => (await inUnit(unit)(table).where(where)) as readonly Record<string, string>[],
  );
const walled = () => actors.filter(({ person }) => !person.mayBeKnown);
const allowed = () => actors.filter(({ person }) => person.mayBeKnown);
const wordOf = ({ words }: WalledPerson, wanted: string) => words.find(({ kind }) => kind === wanted)?.value;

/** What left from here since the last look. */
async function collectSent(): Promise<Captured["captured"]> {
  const { captured } = await house.ask<Captured>("GET", "/_captured");
  await house.ask("DELETE", "/_captured");
  const ours = captured.filter(({ side }) => side === "api");
  sent.push(...ours);
  return ours;
}

/** A finder of its own: letters and digits of everything that was sent, against those of each word of each person. */
const folded = (text: string) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/ł/gi, "l")
    .replace(/œ/gi, "oe")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
const needlesOf = ({ givenName, familyName, words }: WalledPerson) =>
  [
    givenName + familyName,
    familyName + givenName,
    ...words.flatMap(({ kind, value }) => (kind === "givenName" || kind === "familyName" ? [] : [value])),
  ].map(folded);

describe(`people whom the desk must not have, seed ${SEED} (DC)`, () => {
  it("are offered a form or nothing: no widget, no identity, no address of the desk, and nothing is asked of it", async () => {
    for (const { signed, person } of walled()) {
      const [page, offer] = [await signed.get("/support"), await signed.get("/support/offer")];
      expect(["form", "none"]).toContain((JSON.parse(offer.html) as { channel: string }).channel);
      expect([person.kind, page.html + offer.html]).not.toContain(house.desk.url);
      expect(page.html).not.toContain("/chat/embed/");
      const { text } = messageNaming(random, persons);
      if (page.html.includes('action="/support"')) await signed.post("/support", "/support", { text });
    }
    await house.work();
    expect(await collectSent()).toEqual([]);
  });

  it("are not named by an answer of ours, to whomever and in whatever disguise it names them", async () => {
    for (const { signed, person } of allowed()) {
      const offer = JSON.parse((await signed.get("/support/offer")).html) as {
        channel: string;
        token: string;
      };
      expect([person.kind, offer.channel]).toEqual([person.kind, "desk"]);
      await house.write({ data: { preau: offer.token }, content: "Le cahier de textes reste blanc." });
    }
    const cases = await house.hub.ports.unitOfWork.transaction(
      async (unit) =>
        (await inUnit(unit)("spt_case").where({ controller: ACACIAS })) as readonly Record<string, string>[],
    );
    expect(cases.length).toBeGreaterThan(allowed().length);
    const agent = await house.staff("support");
    const first = `/support/cases/${cases[0]?.["id"]}`;
    await agent.post(first, `${first}/opening`, { reason: "answer" });
    for (const { id = "", desk } of cases) {
      for (let times = 0; times < 3; times += 1) {
        const { text, fileNames } = messageNaming(random, persons);
        const answer = { text: [text, ...fileNames].join("\n"), act: "send" };
        const reply = await agent
          .post(`/support/cases/${id}`, `/support/cases/${id}/answer`, answer)
          .catch(() => undefined);
        if (reply?.status === 303 && desk === "there") answered += 1;
      }
    }
    await house.work();
    const ours = await collectSent();
    const said = ours.filter(({ method, path }) => method === "POST" && path.endsWith("/message"));
    expect(answered).toBeGreaterThan(3);
    // Whatever was masked leaves: the guard is a second look, no censor.
    expect(said).toHaveLength(answered);
    expect(JSON.stringify(said)).toContain("[nom]");
  });

  it("who write at the desk all the same are asked about and erased there by its own references alone", async () => {
    const { tokens } = house.hub.ports.support;
    for (const { signed, person } of walled()) {
      const preau = await tokens.make({
        ...{ controller: ACACIAS, product: "plume", origin: "outsideGar", role: "teacher" },
        subject: signed.subject,
      });
      const email = wordOf(person, "email");
      await house.write({
        // Whoever only says who they are stays for hours, whoever that is (decision 0012): these have our token.
        data: { preau },
        ...(random() < 0.5 ? {} : { nickname: `${person.givenName} ${person.familyName}` }),
        ...(email === undefined ? {} : { email }),
        content: messageNaming(random, [person]).text,
      });
    }
    await house.work();
    const ours = await collectSent();
    expect(ours.filter(({ method }) => method === "DELETE").length).toBeGreaterThanOrEqual(walled().length);
    expect(ours.every(({ method, text }) => (method === "GET" || method === "DELETE") && text === "")).toBe(
      true,
    );
    const { conversations } = await house.ask<{ conversations: readonly unknown[] }>("GET", "/_desk");
    for (const { person } of walled()) {
      const email = wordOf(person, "email");
      if (email !== undefined) expect(JSON.stringify(conversations)).not.toContain(email);
    }
  });

  it("are erased in the hub, and at the desk, without a word of them", async () => {
    const { ports } = house.hub;
    const [cases, desk] = [ports.sources.get("support.cases"), ports.sources.get("support.desk")];
    for (const { signed, person } of actors) {
      const subject = {
        subject: signed.subject,
        identifiers: person.words.map((word) => ({ ...word })),
      };
      for (const registered of [desk, cases]) {
        if (registered === undefined) throw new Error("not registered");
        const { source, second } = registered;
        const plan = await source.plan({
          controller: ACACIAS,
          subjects: [subject],
          ground: "account-deleted",
        });
        for await (const _step of source.erase(plan));
        expect(await second.lookAgain(ACACIAS, plan.traces)).toMatchObject({ hits: 0 });
      }
      expect(await rows("spt_case", { subject: signed.subject })).toEqual([]);
      expect(await rows("spt_known_word", { owner: signed.subject })).toEqual([]);
    }
    const ours = await collectSent();
    expect(ours.some(({ method }) => method === "DELETE")).toBe(true);
    expect(ours.every(({ method }) => method === "GET" || method === "DELETE")).toBe(true);
    // They are known again, for what comes.
    for (const { person } of actors) await signIn(person);
  });

  it("stop whatever would name them unmasked: the client sends nothing", async () => {
    const { gate, support, unitOfWork } = house.hub.ports;
    const [teacher] = allowed();
    const [somebody] = walled();
    if (teacher === undefined || somebody === undefined || support.client === undefined)
      throw new Error("nobody");
    const permit = () =>
      unitOfWork.transaction((unit) =>
        gate.permit<"outsideGar">(
          {
            ...{ controller: ACACIAS, product: "plume", operation: "send", origin: "outsideGar" },
            ...{
              role: "teacher",
              categories: ["supportRequests"],
              purpose: "support",
              recipient: "supportDesk",
            },
          },
          unit,
        ),
      );
    const say = (text: string, given: Permit<"outsideGar">) =>
      support.client?.say(given, {
        ...{
          conversation: "session_00000001-1111-4222-8333-944444444444",
          text,
          fingerprint: "123456789012345",
        },
        categories: ["supportRequests"],
      });
    let stopped = 0;
    for (let times = 0; times < 60; times += 1) {
      const { text, fileNames, carries } = messageNaming(
        random,
        walled().map(({ person }) => person),
      );
      if (!carries.some(({ kind }) => kind !== "birthDate")) continue;
      const refused = await say([text, ...fileNames].join("\n"), await permit())?.catch(
        (error: unknown) => error,
      );
      expect([text, isFault(refused, "SUPPORT_WALL")]).toEqual([text, true]);
      stopped += 1;
    }
    expect(stopped).toBeGreaterThan(30);
    expect(await collectSent()).toEqual([]);
  }, 60_000);

  it("stand in nothing that was sent from here: 0 bytes", () => {
    expect(sent.length).toBeGreaterThan(30);
    const everything = folded(sent.map((each) => JSON.stringify(each)).join("\n"));
    const teachers = new Set(allowed().flatMap(({ person }) => needlesOf(person)));
    const found = walled().flatMap(({ person }) =>
      needlesOf(person).filter((needle) => !teachers.has(needle) && everything.includes(needle)),
    );
    expect(found).toEqual([]);
  });
});
