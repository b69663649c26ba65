/** Passing on: what the mail carries, when it counts, and every way in which a link can be dead. */
import { addHours, addMillis, type ReceivedRequest, type RequestId } from "@preau/kernel";
import { codeOf } from "@preau/testing";
import { expect, it } from "vitest";
import { RELAY_PURPOSE, type RelayId, relayKey } from "../src/relay.ts";
import { recordHandOver } from "../src/relay-hand.ts";
import { lookAtRelay, openRelay } from "../src/relay-open.ts";
import { relayPackage } from "../src/relay-package.ts";
import { makeRelayLink, renewRelay } from "../src/relay-renew.ts";
import { releaseText } from "../src/relay-text.ts";
import { closeRequest } from "../src/request-close.ts";
import { relaysOf } from "../src/store/relays.ts";
import { type DeskHouse, OFFICER, OTHER_SCHOOL, PUBLISHER_DPO, SCHOOL, SCHOOL_DPO } from "./desk-house.ts";
import { describeEachHouse, NOW } from "./each-house.ts";
import { pupilStore } from "./execute-house.ts";
import { renderedForTest } from "./rendered.ts";

let pupils = 0;

describeEachHouse("passing a request on (D10.1b)", (open) => {
  /** A request of a pupil who is signed in, with what it was written with; relayed by the worker. */
  const asked = async (
    house: DeskHouse,
    change: Partial<ReceivedRequest> = {},
    controller = SCHOOL,
  ): Promise<{ readonly id: RequestId; readonly controller: typeof SCHOOL }> => {
    pupils += 1;
    const subject = await house.identify("school.pupil", String(pupils), controller);
    const { requests } = await house.receive({
      ...{ channel: "page", receivedAt: house.ports.clock.now(), language: "fr", key: `k${pupils}` },
      ...{ matters: ["erasure"], text: "Effacez le compte de Tom Bernard, merci." },
      requester: { role: "pupil", controller, subject, origin: "outsideGar", name: "Tom Bernard" },
      ...change,
    });
    await house.worker.drain();
    return { id: requests[0] ?? "rqs_none", controller };
  };
  const relaysIn = (house: DeskHouse, id: RequestId, controller = SCHOOL) =>
    house.inUnit((unit) => relaysOf(unit, controller, id));
  const tokenIn = (house: DeskHouse) => house.tokenIn();
  const keyIn = (house: DeskHouse, index = -1) => house.box.at(index)?.key ?? "";

  it("writes to the officer a link and the number of the case, and nothing about anybody", async () => {
    const house = await open();
    const { id } = await asked(house);
    expect(house.box).toHaveLength(1);
    const [mail] = house.box;
    expect(mail).toMatchObject({
      ...{ template: "data-subject-requests.relay", to: { address: OFFICER.email } },
      flow: { controller: SCHOOL, product: "_agreement", operation: "send", recipient: "controller" },
      variables: { link: expect.stringMatching(/^\/requests\/relay\/[\w-]{43}$/), thing: id },
    });
    expect(mail?.flow.subject).toBeUndefined();
    expect(JSON.stringify([mail?.variables, mail?.flow])).not.toMatch(/Tom|Bernard|compte|erasure|effac/i);
    const row = mail && house.ports.agreements.tableOf(SCHOOL).row(mail.flow);
    expect(row?.answers.get("officerContact")).toMatchObject({ allowed: true });
    // The token rests nowhere.
    expect(await house.resting()).not.toContain(tokenIn(house));
    expect(renderedForTest(mail)).not.toMatch(/Tom|Bernard/);
  });

  it("counts as forwarded when the next server took it, and as received when it was opened", async () => {
    const house = await open();
    const { id } = await asked(house);
    expect(await house.read(id)).toMatchObject({ state: "open" });
    house.clock.advance(60_000);
    await house.settle(keyIn(house), "accepted", house.clock.now());
    expect(await house.read(id)).toMatchObject({
      ...{ state: "forwarded", forwardedAt: addMillis(NOW, 60_000), forwardedBy: "mail" },
    });
    expect((await house.entries("forwarded"))[0]).toMatchObject({ payload: { request: id, inTime: true } });
    house.clock.advance(60_000);
    expect(await openRelay(house.ports, tokenIn(house))).toEqual({ controller: SCHOOL, thing: id });
    expect(await house.read(id)).toMatchObject({ state: "received", openedAt: addMillis(NOW, 120_000) });
    expect((await house.entries("opened"))[0]).toMatchObject({
      actorRole: "controllerDpo",
      payload: { request: id },
    });
  });

  it("is received when it is opened before its server said that it took it", async () => {
    const house = await open();
    const { id } = await asked(house);
    await openRelay(house.ports, tokenIn(house));
    expect(await house.read(id)).toMatchObject({ state: "received", forwardedAt: NOW });
    await house.settle(keyIn(house), "accepted", NOW);
    expect(await house.read(id)).toMatchObject({ state: "received" });
  });

  it("shows where the data is by counts alone, who asks, and why it waits", async () => {
    const house = await open();
    const { store, registered } = pupilStore("school");
    house.sources.set("school", registered);
    const { id } = await asked(house);
    store.rows
      .get("pupil")
      ?.push({ id: "1", controller: SCHOOL, person: String(pupils), fields: { name: "Tom Bernard" } });
    const shown = await relayPackage(house.ports, SCHOOL, id);
    expect(shown).toMatchObject({
      standing: { status: "open" },
      person: {
        ...{ name: "Tom Bernard", text: "Effacez le compte de Tom Bernard, merci." },
        identifiers: [{ kind: "school.pupil", value: String(pupils) }],
      },
      stores: [
        {
          store: "school",
          categories: ["name"],
          look: "counted",
          rows: 1,
          tables: [{ table: "pupil", rows: 1 }],
        },
      ],
    });
    expect(JSON.stringify(shown.stores)).not.toContain("Bernard");
    expect(await codeOf(relayPackage(house.ports, OTHER_SCHOOL, id))).toBe("REQUEST_NO_REQUEST");
  });

  it("goes on when a store cannot be looked at, and says so", async () => {
    const house = await open();
    const { registered } = pupilStore("school");
    const broken = { ...registered.source, plan: () => Promise.reject(new Error("Tom Bernard")) };
    house.sources.set("school", { ...registered, source: broken });
    const { id } = await asked(house);
    expect((await relayPackage(house.ports, SCHOOL, id)).stores).toMatchObject([{ look: "failed", rows: 0 }]);
    expect(house.lines.join()).not.toContain("Bernard");
  });

  it("holds a text back in which somebody else may stand, and the facts go on at once", async () => {
    const house = await open();
    const text = "Tom Bernard et Léa Martin veulent être effacés.";
    const { id } = await asked(house, { text });
    expect(house.box).toHaveLength(1);
    const before = await relayPackage(house.ports, SCHOOL, id);
    expect(before.request.textHeld).toBe(true);
    expect(before.person.text).toBeUndefined();
    const release = (by: typeof PUBLISHER_DPO | typeof SCHOOL_DPO) =>
      releaseText(house.ports, SCHOOL, id, { text: { extract: "Tom Bernard veut être effacé." }, by });
    expect(await codeOf(release(SCHOOL_DPO))).toBe("REQUEST_NOT_FOR_YOU");
    await release(PUBLISHER_DPO);
    const after = await relayPackage(house.ports, SCHOOL, id);
    expect(after.person.text).toBe("Tom Bernard veut être effacé.");
    expect(after.request.textHeld).toBe(false);
  });

  it("a link that was opened twice, guessed, of another purpose, or too late is dead, and each says how", async () => {
    const house = await open();
    const { id } = await asked(house);
    const token = tokenIn(house);
    // A scanner looks, ten times.
    for (let look = 0; look < 10; look += 1) expect(await lookAtRelay(house.ports, token)).toBe("alive");
    expect(await house.read(id)).toMatchObject({ state: "open" });
    const both = await Promise.all([1, 2, 3].map(() => codeOf(openRelay(house.ports, token))));
    expect(both.toSorted()).toEqual(["WEB_LINK_DEAD", "WEB_LINK_DEAD", undefined]);
    expect(await lookAtRelay(house.ports, token)).toBe("used");
    expect((await house.entries("linkTried"))[0]).toMatchObject({
      log: "activity",
      payload: { state: "used" },
    });
    const guessed = `${token.slice(0, 40)}AAA`;
    expect(await lookAtRelay(house.ports, guessed)).toBe("unknown");
    expect(await codeOf(openRelay(house.ports, guessed))).toBe("WEB_LINK_DEAD");
    const other = await house.inUnit((unit) =>
      house.ports.links.make(unit, {
        controller: SCHOOL,
        purpose: "x.y",
        thing: id,
        until: addHours(NOW, 1),
      }),
    );
    expect(await codeOf(openRelay(house.ports, other))).toBe("WEB_LINK_DEAD");
  });

  it("no link lives beyond the controller's month", async () => {
    const house = await open();
    await asked(house);
    const until = "2026-12-23T08:00:00.000Z";
    house.clock.set(until as typeof NOW);
    expect(await lookAtRelay(house.ports, tokenIn(house))).toBe("alive");
    house.clock.advance(1);
    expect(await lookAtRelay(house.ports, tokenIn(house))).toBe("expired");
    expect(await codeOf(openRelay(house.ports, tokenIn(house)))).toBe("WEB_LINK_DEAD");
  });

  it("a new link takes the place of those before, whoever holds them", async () => {
    const house = await open();
    const { id } = await asked(house);
    const old = tokenIn(house);
    expect(await codeOf(renewRelay(house.ports, { controller: SCHOOL, id }, { role: "support" }))).toBe(
      "REQUEST_NOT_FOR_YOU",
    );
    expect(await codeOf(renewRelay(house.ports, { controller: OTHER_SCHOOL, id }, PUBLISHER_DPO))).toBe(
      "REQUEST_NO_REQUEST",
    );
    await renewRelay(house.ports, { controller: SCHOOL, id }, PUBLISHER_DPO);
    expect(await lookAtRelay(house.ports, old)).toBe("unknown");
    expect(await lookAtRelay(house.ports, tokenIn(house))).toBe("alive");
    // The first mail comes in late: its link is dead, so it has passed nothing on.
    await house.settle(keyIn(house, 0), "accepted", NOW);
    expect(await house.read(id)).toMatchObject({ state: "open" });
    await house.settle(keyIn(house), "accepted", NOW);
    expect(await house.read(id)).toMatchObject({ state: "forwarded" });
  });

  it("a bounce reopens the case under its old clock, tells the officer at once, and tries the next person", async () => {
    const house = await open();
    await house
      .appoint(SCHOOL, { role: "contact", name: "Basile Roux", email: "accueil@college-du-hameau.example" })
      .catch(() => undefined);
    const { id } = await asked(house);
    const token = tokenIn(house);
    await house.settle(keyIn(house), "accepted", NOW);
    house.clock.advance(20 * 3_600_000);
    await house.settle(keyIn(house), "bounced", house.clock.now());
    const read = await house.read(id);
    expect(read).toMatchObject({ state: "open", forwardDueAt: addHours(NOW, 48), bounces: 1 });
    expect(read?.forwardedAt).toBeUndefined();
    expect(await lookAtRelay(house.ports, token)).toBe("unknown");
    expect((await house.entries("reopened"))[0]).toMatchObject({
      payload: { request: id, outcome: "bounced" },
    });
    expect(house.box.at(-1)).toMatchObject({
      ...{ template: "data-subject-requests.escalation", variables: { request: id, cause: "bounced" } },
      to: { address: "dpo@editions-marelle.example" },
    });
    await house.settle(keyIn(house, 0), "bounced", house.clock.now()); // twice is once
    expect(await house.read(id)).toMatchObject({ bounces: 1 });
    await house.worker.drain();
    expect(house.box.at(-1)).toMatchObject({
      ...{ template: "data-subject-requests.relay", to: { address: "accueil@college-du-hameau.example" } },
    });
    await house.settle(keyIn(house), "accepted", house.clock.now());
    expect(await house.read(id)).toMatchObject({ state: "forwarded", bounces: 1 });
  });

  it("a mail that the gate keeps here is told of at once, and not sent again by itself", async () => {
    const house = await open();
    const { id } = await asked(house);
    await house.settle(keyIn(house), "refused", NOW);
    expect(await house.read(id)).toMatchObject({ state: "open", bounces: 1 });
    expect((await house.entries("escalated"))[0]?.payload).toMatchObject({
      request: id,
      cause: "notAccepted",
    });
    const sent = house.box.length;
    await house.worker.drain();
    expect(house.box.filter(({ template }) => template === "data-subject-requests.relay")).toHaveLength(1);
    expect(house.box.length).toBeGreaterThanOrEqual(sent);
  });

  it("tells what came later of one that was seen by a new link, and of one that was not by the first", async () => {
    const house = await open();
    const receivedAt = house.clock.now();
    const subject = await house.identify("school.pupil", "later");
    const send = async (key: string) => {
      const { requests } = await house.receive({
        ...{ channel: "page", receivedAt, language: "fr", key: `later ${key}`, matters: ["erasure"] },
        ...{
          text: `Aussi ${key}.`,
          requester: { role: "pupil", controller: SCHOOL, subject, name: "Tom Bernard" },
        },
      });
      await house.worker.drain();
      return { controller: SCHOOL, id: requests[0] ?? "rqs_none" } as const;
    };
    const one = await send("un");
    await house.settle(keyIn(house), "accepted", house.clock.now());
    expect(await send("deux")).toEqual(one);
    expect(house.box).toHaveLength(1);
    await openRelay(house.ports, tokenIn(house));
    expect((await relayPackage(house.ports, SCHOOL, one.id)).person.text).toContain("Aussi deux.");
    expect(await send("trois")).toEqual(one);
    expect(house.box).toHaveLength(2);
    await house.settle(keyIn(house), "accepted", house.clock.now());
    expect(await openRelay(house.ports, tokenIn(house))).toMatchObject({ thing: one.id });
    expect(await house.read(one.id)).toMatchObject({ state: "received", receivedAt });
    expect((await relayPackage(house.ports, SCHOOL, one.id)).person.text).toContain("Aussi trois.");
    // The same message again tells nobody anything.
    await send("trois");
    expect(house.box).toHaveLength(2);
  });

  it("tells the officer of a handing over on our word, and of a handed link that was opened, in nobody's name", async () => {
    const house = await open();
    const one = await asked(house);
    await recordHandOver(house.ports, one, { at: NOW, reference: "AR-1", by: { role: "support" } });
    await house.settle(keyIn(house), "refused", NOW);
    await house.worker.drain();
    expect(house.box).toHaveLength(2);
    expect(house.box.at(-1)).toMatchObject({ to: { address: OFFICER.email }, variables: { thing: one.id } });
    const two = await asked(house);
    const { path } = await makeRelayLink(house.ports, two, PUBLISHER_DPO);
    await openRelay(house.ports, path.replace("/requests/relay/", ""));
    expect((await house.entries("opened"))[0]).toMatchObject({
      ...{ actorRole: "system", payload: { request: two.id, by: "handedLink" } },
    });
    const before = house.box.length;
    await house.worker.drain();
    expect(house.box.slice(before)).toMatchObject([
      { to: { address: OFFICER.email }, variables: { thing: two.id } },
    ]);
  });

  it("a bounce after it was opened takes nothing back", async () => {
    const house = await open();
    const { id } = await asked(house);
    await house.settle(keyIn(house), "accepted", NOW);
    await openRelay(house.ports, tokenIn(house));
    await house.settle(keyIn(house), "bounced", NOW);
    expect(await house.read(id)).toMatchObject({ state: "received", bounces: 0 });
  });

  it("of a controller without an officer is handed over by hand, with its evidence", async () => {
    const house = await open();
    const { id } = await asked(house, {}, OTHER_SCHOOL);
    expect(house.box.map(({ template }) => template)).toEqual(["data-subject-requests.escalation"]);
    expect(await relaysIn(house, id, OTHER_SCHOOL)).toEqual([]);
    expect((await house.entries("escalated", OTHER_SCHOOL))[0]?.payload).toMatchObject({
      cause: "noOfficer",
    });
    const thing = { controller: OTHER_SCHOOL, id };
    expect(await codeOf(renewRelay(house.ports, thing, PUBLISHER_DPO))).toBe("REQUEST_NO_OFFICER");
    const { relay, path } = await makeRelayLink(house.ports, thing, PUBLISHER_DPO);
    expect(await house.read(id)).toMatchObject({ state: "open" });
    house.clock.advance(3_600_000);
    const hand = (change: object) =>
      codeOf(
        recordHandOver(house.ports, thing, {
          ...{ at: addMillis(NOW, 1_800_000), reference: "R-12", relay: relay.id, by: PUBLISHER_DPO },
          ...change,
        }),
      );
    expect(await hand({ by: SCHOOL_DPO })).toBe("REQUEST_NOT_FOR_YOU");
    expect(await hand({ reference: " " })).toBe("REQUEST_FIELD_BAD");
    expect(await hand({ reference: "tom@exemple.example" })).toBe("REQUEST_FIELD_BAD");
    expect(await hand({ at: addHours(NOW, 2) })).toBe("REQUEST_FIELD_BAD");
    expect(await hand({ at: addHours(NOW, -2) })).toBe("REQUEST_FIELD_BAD");
    expect(await hand({ relay: "rel_0" as RelayId, at: NOW })).toBeUndefined();
    expect(await house.read(id)).toMatchObject({ state: "forwarded", forwardedBy: "hand", forwardedAt: NOW });
    expect(await hand({})).toBe("REQUEST_OVER");
    // The link that was made is good as well.
    expect(await openRelay(house.ports, path.replace("/requests/relay/", ""))).toMatchObject({ thing: id });
  });

  it("another controller's relay settles nothing here, and a foreign key nothing at all", async () => {
    const house = await open();
    const { id } = await asked(house);
    await house.settle(keyIn(house), "accepted", NOW, OTHER_SCHOOL);
    await house.settle("retention.notice.x", "accepted", NOW);
    await house.settle(relayKey("rel_0"), "accepted", NOW);
    expect(await house.read(id)).toMatchObject({ state: "open" });
  });

  it("its links die with the case", async () => {
    const house = await open();
    const { id } = await asked(house);
    await closeRequest(house.ports, { controller: SCHOOL, id }, { outcome: "answered", by: SCHOOL_DPO });
    expect(await lookAtRelay(house.ports, tokenIn(house))).toBe("unknown");
    expect(RELAY_PURPOSE).toBe("data-subject-requests.relay");
  });
});
