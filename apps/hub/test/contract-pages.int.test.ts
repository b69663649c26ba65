import type { ContractId } from "@preau/contracts";
import { type ActorRole, actorRoles, type ControllerId } from "@preau/kernel";
import type { WebRoute } from "@preau/web";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contractRoutes } from "../src/contract-routes.tsx";
import { type ContractSite, OTHER, SCHOOL, startContractSite } from "./contract-site.ts";

const roles = Object.keys(actorRoles) as ActorRole[];

let site: ContractSite;
let routes: readonly WebRoute[];
beforeAll(async () => {
  site = await startContractSite();
  routes = contractRoutes(site.hub);
});
afterAll(() => site.stop());

const read = (id: ControllerId = SCHOOL) => {
  const { ports, journal } = site.hub;
  return ports.unitOfWork.transaction(async (unit) => ({
    controller: await ports.contracts.controller(unit, id),
    officers: await ports.contracts.officers(unit, id),
    contracts: await ports.contracts.contracts(unit, id),
    periods: await ports.contracts.ownPeriods(unit, id),
    bases: await ports.contracts.purposeBases(unit, id),
    attestations: await ports.contracts.attestations(unit, id),
    instructions: await journal.entries(unit, { controller: id, log: "evidence", limit: 1_000 }),
  }));
};
const everything = async () => ({ school: await read(), other: await read(OTHER) });
const first = async (id: ControllerId = SCHOOL) => {
  const { contracts, officers, instructions } = await read(id);
  const revertible =
    instructions.find(({ payload }) => payload?.["deed"] === "legalBasesSettled") ?? instructions[0];
  return { contract: contracts.at(-1), officer: officers[0], entry: revertible?.id };
};
/** The path of a route with real things of that controller in it. */
const pathOf = async ({ path }: Pick<WebRoute, "path">, id: ControllerId = SCHOOL) => {
  const { contract, officer, entry } = await first(id);
  return path
    .replace(":controller", id)
    .replace(":contract", contract?.id ?? "")
    .replace(":officer", officer?.id ?? "ofc_none")
    .replace(":rule", "unusedData")
    .replace(":entry", entry ?? "");
};
const isOf = (role: ActorRole, { who }: WebRoute) =>
  who !== "anyone" && who !== "signedIn" && who.includes(role);

describe("who may use the register (roles)", () => {
  it.each(roles)("lets %s use what is for that role, and nothing else, on every route", async (role) => {
    const visitor = await site.as(role);
    const before = await everything();
    for (const route of routes) {
      const where = await pathOf(route);
      const { status } = route.method === "get" ? await visitor.get(where) : await visitor.post(where);
      const allowed = status !== 403;
      expect([route.method, route.path, allowed]).toEqual([route.method, route.path, isOf(role, route)]);
      if (route.method === "get" && allowed) expect([where, status]).toEqual([where, 200]);
    }
    expect(await everything()).toEqual(before);
  });

  it("leads a visitor to the sign-in page, and refuses what is posted without a session", async () => {
    for (const route of routes) {
      const where = site.url + (await pathOf(route));
      const headers = { accept: "text/html", origin: site.url };
      const { status } = await fetch(where, {
        method: route.method.toUpperCase(),
        redirect: "manual",
        headers,
      });
      expect([route.path, status]).toEqual([route.path, route.method === "get" ? 303 : 401]);
    }
  });

  it("shows support no officer, and offers readers no edit", async () => {
    const { html } = await (await site.as("support")).get(`/controllers/${SCHOOL}`);
    expect(html).toContain("École maternelle des Mirabelliers");
    expect(html).not.toMatch(/Tancrède|dpo@mirabelliers/);
    for (const role of ["support", "auditor"] as const) {
      const page = await (await site.as(role)).get(`/controllers/${SCHOOL}`);
      expect(page.html).not.toMatch(/href="(?!\/requests\/)[^"]*\/(edit|new|removal|reversal)"/);
    }
  });
});

describe("whose resources they are (tenant isolation)", () => {
  it.each(["controllerAdministrator", "controllerDpo", "auditor"] as const)(
    "has no resource of another controller for its %s, on every route, and nothing changes",
    async (role) => {
      const foreigner = await site.as(role, OTHER);
      const before = await everything();
      const own = routes.filter(({ path }) => path.includes(":controller"));
      expect(own.length).toBeGreaterThan(20);
      for (const route of own) {
        const where = await pathOf(route);
        const { status, html } =
          route.method === "get" ? await foreigner.get(where) : await foreigner.post(where, { version: "1" });
        expect([route.method, where, status]).toEqual([route.method, where, isOf(role, route) ? 404 : 403]);
        expect(html).not.toContain("Mirabelliers");
      }
      expect(await everything()).toEqual(before);
    },
  );

  it("has no contract, officer or instruction of one controller under another's path", async () => {
    const [dpo, admin] = [await site.as("publisherDpo"), await site.as("controllerAdministrator", OTHER)];
    for (const route of routes.filter(({ path }) =>
      /:contract\b|:officer|:entry/.test(path.replace(":controller", "")),
    )) {
      const where = (await pathOf(route)).replace(SCHOOL, OTHER);
      for (const visitor of [dpo, admin]) {
        const reply =
          route.method === "get"
            ? await visitor.get(where)
            : await visitor.post(where, { version: "1", confirmed: "yes" });
        // The question whether to take an instruction back is the same for every id: only the answer looks for it.
        if (route.path.endsWith("/reversal") && route.method === "get") continue;
        expect([403, 404]).toContain(reply.status);
      }
    }
  });

  it("lists a controller's people their own controller alone, whatever they search", async () => {
    const admin = await site.as("controllerAdministrator", OTHER);
    for (const where of [
      "/controllers",
      "/controllers?search=mirabelliers",
      "/controllers?page=2&search=%25",
    ]) {
      expect((await admin.get(where)).html).not.toContain("Mirabelliers");
    }
    expect((await admin.get("/controllers")).html).toContain("Collège des Ajoncs");
    const dpo = await site.as("publisherDpo");
    const found = (await dpo.get("/controllers?search=metz")).html;
    expect([found.includes("Mirabelliers"), found.includes("Ajoncs")]).toEqual([true, false]);
    expect((await dpo.get("/controllers?search=nowhere")).html).toContain("Rien ne correspond");
  });
});

describe("the edits, each from its form (D1, D3, D4.3, D5, D6.0, D6.1a)", () => {
  const at = async (rest = "") =>
    `/controllers/${SCHOOL}/contracts/${(await first()).contract?.id ?? ""}${rest}`;
  const version = async () => String((await first()).contract?.version);
  const deeds = async () => (await read()).instructions.map(({ payload }) => payload?.["deed"]);
  const last = async () => (await read()).instructions[0];

  it("shows what a period would change before it is written, then writes it as the controller's own instruction (D5)", async () => {
    const admin = await site.as("controllerAdministrator");
    const where = await at("/periods/unusedData");
    expect((await admin.get(where)).html).toContain('name="amount"');
    const fields = { version: await version(), amount: "6", unit: "months" };
    const before = await everything();
    const shown = await admin.post(where, fields);
    expect([shown.status, shown.html.includes("6 mois"), shown.html.includes('name="confirmed"')]).toEqual([
      200,
      true,
      true,
    ]);
    expect(await everything()).toEqual(before);
    expect(await admin.post(where, { ...fields, confirmed: "yes" })).toMatchObject({
      status: 303,
      location: await at(),
    });
    expect((await read()).periods).toMatchObject([
      { rule: "unusedData", duration: { unit: "months", amount: 6 } },
    ]);
    expect(await last()).toMatchObject({
      actorRole: "controllerAdministrator",
      actor: { id: "act_controlleradministrator" },
      clause: "D5",
    });
    expect((await admin.get(await at())).html).toContain("6 mois");
  });

  it("keeps a refusal beside its field, with the clause and what to do, and what was written in the form (D5)", async () => {
    const admin = await site.as("controllerAdministrator");
    const refused = await admin.post(await at("/periods/unusedData"), {
      version: await version(),
      amount: "25",
      unit: "months",
    });
    expect(refused.status).toBe(400);
    expect(refused.html).toMatch(
      /id="amount-error"[^<]*>Cette durée dépasse le plafond de l’accord\. La clause D12\.4/,
    );
    expect(refused.html).toMatch(/aria-describedby="[^"]*amount-error"/);
    expect(refused.html).toMatch(/value="25"/);
    const bad = await admin.post(await at("/periods/unusedData"), {
      version: await version(),
      amount: "many",
      unit: "months",
    });
    expect([bad.status, bad.html.includes('id="amount-error"')]).toEqual([400, true]);
    const foreign = await admin.post(await at("/periods/dailyBackups"), {
      version: await version(),
      amount: "1",
      unit: "days",
    });
    expect(foreign.status).toBe(400);
  });

  it("tells the second of two administrators that the first was quicker", async () => {
    const [one, two] = [await site.as("controllerAdministrator"), await site.as("controllerDpo")];
    const seen = await version();
    const fields = {
      version: seen,
      "plume.runPlatform": "publicTask",
      "plume.support": "publicTask",
      confirmed: "yes",
    };
    expect((await one.post(await at("/legal-bases"), fields)).status).toBe(303);
    const late = await two.post(await at("/legal-bases"), { ...fields, "plume.support": "contract" });
    expect([late.status, late.html.includes("Quelqu’un l’a modifié")]).toEqual([409, true]);
    expect((await read()).bases).toMatchObject([
      { purpose: "runPlatform", legalBasis: "publicTask" },
      { purpose: "support", legalBasis: "publicTask" },
    ]);
  });

  it("attests every statement or none, and withdraws (D6.0)", async () => {
    const admin = await site.as("controllerDpo");
    const form = (await admin.get(await at("/attestation"))).html;
    const statements = [...form.matchAll(/name="(statement\.\w+)"[^>]*value="(\w+)"/g)];
    expect(statements.length).toBeGreaterThan(1);
    const fields = Object.fromEntries(statements.map(([, name = "", value = ""]) => [name, value]));
    const [[, one = ""] = []] = statements;
    const half = await admin.post(await at("/attestation"), {
      version: await version(),
      [one]: fields[one] ?? "",
    });
    expect([half.status, half.html.includes(`id="${one}-error"`)]).toEqual([400, true]);
    expect((await admin.post(await at("/attestation"), { version: await version(), ...fields })).status).toBe(
      303,
    );
    expect((await read()).attestations).toHaveLength(1);
    expect((await admin.get(await at())).html).toContain("Attesté le");
    const staff = await site.as("operations");
    expect((await staff.get(await at("/attestation"))).html).toContain("votre rôle est noté");
    expect((await admin.post(await at("/attestation/withdrawal"), { version: await version() })).status).toBe(
      303,
    );
    expect((await read()).attestations).toEqual([]);
  });

  it("appoints, corrects and removes an officer, and the journal names nobody (D4.3)", async () => {
    const admin = await site.as("controllerAdministrator");
    const controllerVersion = async () => String((await read()).controller?.version);
    const fields = { role: "contact", name: "Élie Sorbier", email: "not an address" };
    const bad = await admin.post(`/controllers/${SCHOOL}/officers/new`, {
      version: await controllerVersion(),
      ...fields,
    });
    expect([
      bad.status,
      bad.html.includes('id="email-error"'),
      bad.html.includes('value="Élie Sorbier"'),
    ]).toEqual([400, true, true]);
    const good = { ...fields, email: "elie.sorbier@ecole.example" };
    const made = await admin.post(`/controllers/${SCHOOL}/officers/new`, {
      version: await controllerVersion(),
      ...good,
    });
    expect(made).toMatchObject({ status: 303, location: `/controllers/${SCHOOL}` });
    const id = (await read()).officers.find(({ role }) => role === "contact")?.id ?? "";
    const where = `/controllers/${SCHOOL}/officers/${id}`;
    await admin.post(`${where}/edit`, {
      version: await controllerVersion(),
      ...good,
      name: "Élie Sorbier-Kern",
    });
    expect((await read()).officers.find((each) => each.id === id)?.name).toBe("Élie Sorbier-Kern");
    expect((await admin.get(`${where}/removal`)).html).toContain("Cela ne s’annule pas");
    expect((await admin.post(`${where}/removal`, { version: await controllerVersion() })).status).toBe(303);
    expect((await read()).officers.map((each) => each.id)).not.toContain(id);
    expect((await admin.get(`${where}/edit`)).status).toBe(404);
    expect(JSON.stringify((await read()).instructions)).not.toMatch(/sorbier/i);
  });

  it("registers a controller once, opens a contract for it, changes, renews, ends and takes back (D1, D3)", async () => {
    const dpo = await site.as("publisherDpo");
    const fields = {
      controller: "lycee-neuf",
      kind: "school",
      name: "<b>Lycée</b> neuf",
      region: "la-reunion",
    };
    const bad = await dpo.post("/contracts/register", { ...fields, controller: "two words", siret: "123" });
    expect([
      bad.status,
      bad.html.includes('id="controller-error"'),
      bad.html.includes('id="siret-error"'),
    ]).toEqual([400, true, true]);
    expect(await dpo.post("/contracts/register", fields)).toMatchObject({
      status: 303,
      location: "/controllers/lycee-neuf",
    });
    expect((await dpo.post("/contracts/register", fields)).status).toBe(409);
    const id = "lycee-neuf" as ControllerId;
    expect((await dpo.get("/controllers/lycee-neuf")).html).toContain("&lt;b>Lycée&lt;/b> neuf");

    const terms = {
      reference: "N-1",
      "products.plume": "plume",
      startsOn: "2026-09-01",
      endsOn: "2027-08-31",
    };
    const noProduct = await dpo.post("/controllers/lycee-neuf/contracts/new", {
      version: "1",
      ...terms,
      "products.plume": "",
    });
    expect([noProduct.status, noProduct.html.includes('id="products.plume-error"')]).toEqual([400, true]);
    const backwards = await dpo.post("/controllers/lycee-neuf/contracts/new", {
      version: "1",
      ...terms,
      endsOn: "2020-01-01",
    });
    expect(backwards.html).toContain('id="endsOn-error"');
    expect((await dpo.post("/controllers/lycee-neuf/contracts/new", { version: "1", ...terms })).status).toBe(
      303,
    );
    const own = async () => (await read(id)).contracts[0];
    const where = async (rest: string) =>
      `/controllers/lycee-neuf/contracts/${(await own())?.id ?? ("" as ContractId)}${rest}`;
    const send = async (rest: string, more: Record<string, string>) =>
      (
        await dpo.post(await where(rest), {
          version: String((await own())?.version),
          confirmed: "yes",
          ...more,
        })
      ).status;
    expect(await send("/edit", { ...terms, "products.jardin": "jardin" })).toBe(303);
    expect(await send("/renewal", { endsOn: "2027-08-31" })).toBe(400);
    expect(await send("/renewal", { endsOn: "2028-08-31" })).toBe(303);
    expect(await send("/end", { endsOn: "2027-06-30" })).toBe(400);
    expect(await send("/end", { endsOn: "2027-06-30", atEnd: "delete" })).toBe(303);
    expect(await own()).toMatchObject({
      products: ["plume", "jardin"],
      endsOn: "2027-06-30",
      atEnd: "delete",
    });

    const ended = (await read(id)).instructions[0]?.id ?? "";
    const reversal = `/controllers/lycee-neuf/instructions/${ended}/reversal`;
    const shown = await dpo.post(reversal, { version: "1" });
    expect([shown.status, shown.html.includes("31 août 2028")]).toEqual([200, true]);
    expect((await dpo.post(reversal, { version: "1", confirmed: "yes" })).status).toBe(303);
    expect(await own()).toMatchObject({ endsOn: "2028-08-31" });
    expect((await dpo.post(reversal, { version: "1", confirmed: "yes" })).status).toBe(409);
    const after = (await read(id)).instructions[0]?.payload;
    expect(after).toMatchObject({ deed: "contractChanged", reverts: ended });
  });

  it("changes the identity with its place, and says so when nothing would change", async () => {
    const dpo = await site.as("operations");
    const where = `/controllers/${SCHOOL}/edit`;
    const { controller } = await read();
    const fields = {
      kind: "school",
      name: controller?.name ?? "",
      region: "alsace-moselle",
      goodFriday: "holiday",
    };
    const written = {
      ...fields,
      legalForm: "Commune",
      seat: controller?.seat ?? "",
      siret: controller?.siret ?? "",
      uai: controller?.uai ?? "",
    };
    const version = String(controller?.version);
    expect(
      (await dpo.post(where, { version, ...written, goodFriday: "unknown", zone: "Europe/Paris" })).html,
    ).toContain("Rien ne changerait");
    await dpo.post(where, { version, ...written, confirmed: "yes" });
    expect((await read()).controller?.place).toEqual({
      region: "alsace-moselle",
      zone: "Europe/Paris",
      goodFriday: "holiday",
    });
    expect(await deeds()).toContain("controllerChanged");
  });
});
