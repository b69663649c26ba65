import { writeFileSync } from "node:fs";
import path from "node:path";
import { recordObjection } from "@preau/anonymisation";
import { orderExport } from "@preau/data-export";
import { controllerId, silentLog, systemClock } from "@preau/kernel";
import { temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";
import { openHub } from "../src/hub.ts";
import { preauHere } from "./preau-here.ts";

const CONFIG = `
name: essai
controllers:
  - id: college-du-hameau
    kind: school
    name: Collège du Hameau
    region: metropole
    contracts: [{ reference: HAM-1, products: [plume], startsOn: 2025-09-01 }]
`;
const SCHOOL = controllerId("college-du-hameau");
const CLIENT = ["--controller", SCHOOL];

describe("preau instructions, at the terminal (D6.1c)", () => {
  it("writes down, flags, revokes, lists, and says on whose instruction something was done", async () => {
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, "preau.yaml"), CONFIG);
    const env = { PREAU_DATA: path.join(cwd, "data") };
    const run = async (...args: string[]) => {
      const { code, out, err } = await preauHere(["instructions", ...args, "--json"], { cwd, env });
      return { code, err, answer: out === "" ? undefined : JSON.parse(out) };
    };
    const now = () => new Date().toISOString();
    const writing = ["--means", "letter", "--writer", "dpo", "--reference", "LRAR 77"];
    const given = () => [...CLIENT, "--received-at", now(), ...writing];
    const recorded = await run("record", ...given(), "--kind", "export", "--product", "plume");
    expect(recorded.code).toBe(0);
    const id: string = recorded.answer.instruction;
    const bad = await run(
      "record",
      ...CLIENT,
      "--received-at",
      now(),
      "--kind",
      "export",
      ...writing.slice(0, 4),
      "--reference",
      "a@b.example",
    );
    expect(bad.code).toBe(2);
    expect((await run("list", "--state", "inForce")).answer.instructions).toMatchObject([
      { id, state: "inForce" },
    ]);
    expect((await run("flag", id, ...CLIENT, "--why", "Douteux")).answer.flag).toMatch(/^flg_/);
    expect((await run("show", id, ...CLIENT)).answer.flaggedAt).toMatch(/Z$/);
    expect((await run("show", id, "--controller", "lycee-des-acacias")).code).toBe(2);
    expect((await run("revoke", id, ...given())).code).toBe(0);
    expect((await run("list", "--state", "revoked")).answer.instructions).toHaveLength(1);

    const hub = await openHub(readConfig({ ...env }, cwd), { clock: systemClock, log: silentLog });
    const { ports } = hub;
    const own = { role: "controllerDpo" } as const;
    const entries = (type: string) =>
      ports.unitOfWork.transaction((unit) => ports.journal.entries(unit, { controller: SCHOOL, type }));
    const { id: order } = await orderExport(ports, {
      ...{
        controller: SCHOOL,
        what: {
          kind: "database",
          store: [...ports.sources].find(([, each]) => each.exports !== undefined)?.[0] ?? "",
        },
      },
      ...{ language: "fr", protection: { kind: "zip", passphrase: "made" }, by: own },
    });
    const { objection } = await ports.unitOfWork.transaction((unit) =>
      recordObjection(unit, ports, { controller: SCHOOL, by: own }),
    );
    const things = (thing: string) =>
      ports.unitOfWork.transaction((unit) => ports.instructions.of(unit, SCHOOL, thing));
    const [[onOrder], [onObjection]] = [await things(order), await things(objection)];
    const asked = {
      ordered: (await entries("data-export.ordered"))[0]?.id ?? "",
      objected: (await entries("anonymisation.objected"))[0]?.id ?? "",
      registered: (await entries("contracts.instructionRecorded"))[0]?.id ?? "",
    };
    await hub.close();
    expect((await run("of", asked.ordered, ...CLIENT)).answer).toMatchObject({
      ...{ basis: "instruction", instructions: [onOrder] },
    });
    expect((await run("of", asked.objected, ...CLIENT)).answer).toMatchObject({
      instructions: [onObjection],
    });
    // What the configuration declares was said by nobody: no guess.
    const declared = await run("of", asked.registered, ...CLIENT);
    expect([declared.code, declared.answer.basis]).toEqual([1, "none"]);
    expect((await run("of", asked.ordered, "--controller", "lycee-des-acacias")).code).toBe(2);
    // An objection is withdrawn by its own verb.
    const click = await run("revoke", onObjection ?? "", ...given());
    expect([click.code, click.err]).toEqual([2, expect.stringContaining("INSTRUCTIONS_OWN_VERB")]);
  });
});
