import { openDatabase } from "@preau/database";
import { addHours, type InstructionId, type Operation } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { PUBLISHER } from "@preau/web";
import { expect, it } from "vitest";
import { ACACIAS, DPO, HAMEAU, holdingAgreement } from "../house.ts";
import { linkIn, NOW, openSite } from "./site.ts";

const WRITING = {
  ...{ day: "2026-11-20", time: "14:05", means: "email", writer: "dpo", reference: "courriel 118" },
};
/** The publisher's own server carries the mail, and no recipient of the agreement. */
const ownServer = {
  ...holdingAgreement,
  annexA: { ...holdingAgreement.annexA, correspondence: { clause: "DA", through: [] } },
};
const use = { product: "plume", operation: "export" as Operation };

describeEachDatabase("pages of the ledger", openDatabase, (fresh) => {
  const open = async (agreement?: typeof holdingAgreement) => openSite(await fresh(), agreement);
  const idIn = (location: string | null) => (location ?? "").split("/").at(-1) as InstructionId;

  it("let the controller’s people give an instruction, and revoke it with a button (D6.1c)", async () => {
    const { reader, inUnit, ports } = await open();
    const own = await reader("controllerAdministrator", HAMEAU);
    expect((await own.ask("/instructions")).text).toContain("Aucune instruction ne correspond");
    const given = await own.send("/instructions", "/instructions/new", {
      ...{ kind: "export", product: "plume", recipients: "controller", press: "prs_1" },
    });
    expect(given.status).toBe(303);
    const id = idIn(given.headers.get("location"));
    const twice = await own.send("/instructions", "/instructions/new", {
      ...{ kind: "export", product: "plume", recipients: "controller", press: "prs_1" },
    });
    expect(idIn(twice.headers.get("location"))).toBe(id);
    const page = await own.ask(`/instructions/${id}`);
    for (const word of ["Exporter", "En vigueur", "plume", "controller", "Sur cette page"])
      expect(page.text).toContain(word);
    expect((await own.ask("/instructions?state=inForce&kind=export")).text).toContain(id);
    expect((await own.ask("/instructions?state=revoked")).text).not.toContain(id);
    const revoked = await own.send(`/instructions/${id}/revocation`, `/instructions/${id}`);
    expect(revoked.status).toBe(303);
    const standing = await inUnit((unit) => ports.instructions.standing(unit, HAMEAU, id, use));
    expect(standing).toMatchObject({ inForce: false, reason: "INSTRUCTION_REVOKED" });
    const after = await own.ask(`/instructions/${id}`);
    expect(after.text).toContain(`/instructions/new?again=${id}`);
    expect((await own.ask(`/instructions/new?again=${id}`)).text).toContain('value="controller"');
  });

  it("ask staff for the writing, in the client’s time (D6.1c)", async () => {
    const { reader, entries } = await open();
    const staff = await reader("publisherDpo", PUBLISHER, "en");
    expect((await staff.ask("/instructions/new")).text).toContain("Client concerned");
    const from = `/instructions/new?controller=${HAMEAU}`;
    const bare = await staff.send("/instructions", from, { controller: HAMEAU, kind: "export" });
    expect([bare.status, bare.text.includes("aria-invalid")]).toEqual([422, true]);
    const named = await staff.send("/instructions", from, {
      ...{ controller: HAMEAU, kind: "export", ...WRITING, reference: "odette@hameau.example" },
    });
    expect(named.status).toBe(422);
    const given = await staff.send("/instructions", from, { controller: HAMEAU, kind: "export", ...WRITING });
    expect(given.status).toBe(303);
    const [entry] = await entries(HAMEAU, "instructions.recorded");
    expect(entry?.payload).toMatchObject({ receivedAt: "2026-11-20T13:05:00.000Z", writer: "dpo" });
    const id = idIn(given.headers.get("location"));
    const bareEnd = await staff.send(`/instructions/${id}/revocation`, `/instructions/${id}`);
    expect(bareEnd.status).toBe(422);
    expect((await staff.send(`/instructions/${id}/revocation`, `/instructions/${id}`, WRITING)).status).toBe(
      303,
    );
  });

  it("show one controller’s ledger to nobody of another (S7)", async () => {
    const { reader, inUnit, ports } = await open();
    const id = await inUnit((unit) =>
      ports.instructions.record(unit, {
        controller: ACACIAS,
        kind: "export",
        clause: "D10.1a",
        scope: {},
        by: DPO,
      }),
    );
    const own = await reader("controllerDpo", HAMEAU);
    expect((await own.ask("/instructions")).text).not.toContain(id);
    for (const path of ["", "/revocation", "/confirmation", "/withdrawal"]) {
      const answer =
        path === ""
          ? await own.ask(`/instructions/${id}`)
          : await own.send(`/instructions/${id}${path}`, "/notices");
      expect(answer.status, path).toBe(404);
    }
    const mixed = await own.send("/instructions", "/instructions/new", {
      kind: "export",
      controller: ACACIAS,
    });
    expect(mixed.status).toBe(303);
    expect(await inUnit((unit) => ports.journal.entries(unit, { controller: ACACIAS }))).toHaveLength(3);
    const teacher = await reader("dataSubject", HAMEAU);
    for (const path of ["/instructions", "/notices", "/instructions/observations"])
      expect((await teacher.ask(path)).status).toBe(403);
  });

  it("tell the controller at once of a doubt, by the publisher’s own server too; it confirms behind its link, or withdraws (D6.2a, DA)", async () => {
    const { reader, inUnit, ports, work, sent, browser, entries, dues } = await open(ownServer);
    const own = await reader("controllerDpo", HAMEAU);
    const give = async () =>
      idIn(
        (
          await own.send("/instructions", "/instructions/new", { kind: "export", recipients: "host" })
        ).headers.get("location"),
      );
    const id = await give();
    const standing = (of: InstructionId) =>
      inUnit((unit) => ports.instructions.standing(unit, HAMEAU, of, { ...use, recipient: "host" }));
    expect(await standing(id)).toMatchObject({ inForce: false, reason: "INSTRUCTION_HELD" });
    await work();
    await work();
    expect(sent.map(({ to, template }) => [to.address, template])).toEqual([
      ["dpo@college-du-hameau.example", "instructions.flagged"],
    ]);
    const flow = sent[0]?.flow;
    expect(flow).toMatchObject({ product: "_agreement", recipient: "controller", operation: "send" });
    const row = flow && ports.agreements.tableOf(HAMEAU).row(flow);
    expect(row?.answers.get("officerContact")).toMatchObject({ allowed: true });
    const waiting = await dues({ controller: HAMEAU, before: addHours(NOW, 1) });
    expect(waiting).toMatchObject([{ clause: "D6.2a", href: `/instructions/${id}` }]);
    expect(await dues({ controller: ACACIAS, before: addHours(NOW, 1) })).toEqual([]);
    const link = linkIn(sent[0]);
    const stranger = browser();
    for (let n = 0; n < 3; n += 1) {
      const shown = await stranger.ask(link);
      expect(shown.text).toContain("Donner des données à un tiers");
      expect(await standing(id)).toMatchObject({ reason: "INSTRUCTION_HELD" });
    }
    expect((await stranger.send(link, link, { answer: "confirm" })).status).toBe(200);
    expect(await standing(id)).toMatchObject({ inForce: true });
    expect((await entries(HAMEAU, "instructions.confirmed"))[0]?.payload).toMatchObject({
      ...{ instruction: id, responsibility: "controller" },
    });
    for (const token of [link, "/instructions/flagged/aaaa", link.replace("flagged", "observations/answer")])
      expect((await stranger.ask(token)).status).toBe(410);
    const second = await give();
    expect((await own.ask(`/instructions/${second}`)).text).toContain("Elle est suspendue");
    expect((await own.send(`/instructions/${second}/withdrawal`, `/instructions/${second}`)).status).toBe(
      303,
    );
    expect(await standing(second)).toMatchObject({ reason: "INSTRUCTION_REVOKED" });
  });

  it("let the publisher’s officer flag with a reason, and lift the flag with another (D6.2a)", async () => {
    const { reader, inUnit, ports, database, entries } = await open();
    const id = await inUnit((unit) =>
      ports.instructions.record(unit, {
        controller: HAMEAU,
        kind: "export",
        clause: "D10.1a",
        scope: {},
        by: DPO,
      }),
    );
    const staff = await reader("publisherDpo", PUBLISHER);
    const page = `/instructions/${id}`;
    expect((await staff.send(`${page}/flag`, page, { why: " " })).status).toBe(422);
    const why = "Contraire à l’article 6, à notre avis";
    expect((await staff.send(`${page}/flag`, page, { why })).status).toBe(303);
    const shown = await staff.ask(page);
    expect(shown.text).toContain(why);
    expect(shown.text).toContain("Elle reste en vigueur");
    const rows = JSON.stringify(await database.knex("ins_flag").select());
    expect(rows).not.toContain("article");
    expect(JSON.stringify((await entries(HAMEAU, "instructions.flagged"))[0]?.payload)).not.toContain(
      "article",
    );
    const own = await reader("controllerDpo", HAMEAU);
    expect((await own.send(`${page}/flag/lifting`, page, { why })).status).toBe(403);
    expect((await staff.send(`${page}/flag/lifting`, page, { why: "Vu ensemble" })).status).toBe(303);
    expect((await staff.ask(page)).text).toContain("Signalement levé");
  });

  it("take instructions from the controller’s machines, and give them the ledger (D6.1c)", async () => {
    const { base, ports, inUnit } = await open();
    const { token } = await inUnit((unit) =>
      ports.apiTokens.make(unit, {
        ...{ controller: HAMEAU, use: "lms", scopes: ["instructions:write", "instructions:read"] },
        ...{ expiresAt: addHours(NOW, 24) },
        by: { role: "controllerAdministrator", id: "act_1", controller: HAMEAU, demonstration: false },
      }),
    );
    const call = (init: RequestInit = {}) =>
      fetch(`${base}/api/v1/instructions`, {
        ...init,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      });
    const writing = { writer: "representative", reference: "2026/118" };
    const body = JSON.stringify({ kind: "export", scope: { product: "plume" }, writing, key: "a:1" });
    const [first, second] = [await call({ method: "POST", body }), await call({ method: "POST", body })];
    expect([first.status, await second.json()]).toEqual([201, await first.clone().json()]);
    const list = (await (await call()).json()) as { instructions: readonly object[] };
    expect(list.instructions).toMatchObject([
      { kind: "export", state: "inForce", scope: { product: "plume" } },
    ]);
    const bare = await call({ method: "POST", body: JSON.stringify({ kind: "export" }) });
    expect(bare.status).toBe(422);
    expect((await fetch(`${base}/api/v1/instructions`)).status).toBe(401);
  });
});
