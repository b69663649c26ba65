import { controllerId } from "@preau/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ContractSite, startContractSite } from "./contract-site.ts";

let site: ContractSite;
beforeAll(async () => {
  site = await startContractSite();
});
afterAll(() => site.stop());

const known = () => {
  const { unitOfWork, contracts } = site.hub.ports;
  const id = controllerId("ecole-du-fichier");
  return unitOfWork.transaction(async (unit) => ({
    controller: await contracts.controller(unit, id),
    contracts: await contracts.contracts(unit, id),
  }));
};

describe("a file of contracts from the console (D1, D3)", () => {
  const FILE =
    "référence;identifiant;type;nom;région;produits;début\nF-1;ecole-du-fichier;école;École du fichier;mayotte;plume;01/09/2026\n";
  const hidden = (html: string, name: string) =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";

  it("is shown as a plan, written when it is confirmed, and not again", async () => {
    const dpo = await site.as("publisherDpo");
    const shown = await dpo.upload("/contracts/import", `\ufeff${FILE}`);
    expect([shown.status, shown.html.includes("ecole-du-fichier")]).toEqual([200, true]);
    expect((await known()).controller).toBeUndefined();
    const fields = { file: hidden(shown.html, "file"), digest: hidden(shown.html, "digest") };
    expect((await dpo.post("/contracts/import/confirmation", fields)).status).toBe(303);
    expect((await known()).contracts).toHaveLength(1);
    const again = await dpo.post("/contracts/import/confirmation", fields);
    expect([again.status, again.html.includes("Le registre a changé entre-temps")]).toEqual([409, true]);
    const exported = await dpo.get("/contracts/export");
    expect(exported.html).toContain("F-1;ecole-du-fichier;school;École du fichier");
  });

  it("is refused with line and column, and nothing can be confirmed", async () => {
    const dpo = await site.as("operations");
    const refused = await dpo.upload(
      "/contracts/import",
      FILE.replace("plume", "stylo").replace("F-1", "F-2"),
    );
    expect([refused.status, refused.html.includes("Colonne 6 (produits)")]).toEqual([400, true]);
    expect(refused.html).not.toContain('name="digest"');
    const unreadable = await dpo.upload("/contracts/import", "nom;note\n");
    expect([unreadable.status, unreadable.html.includes("column 2")]).toEqual([400, true]);
    expect((await dpo.upload("/contracts/import", "")).status).toBe(400);
    expect((await dpo.post("/contracts/import", { file: "x" })).status).toBe(415);
  });
});
