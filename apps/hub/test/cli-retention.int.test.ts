import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { addHours, instant, isFault, manualClock } from "@preau/kernel";
import { simulators, startSimulators } from "@preau/simulators";
import { freePort, temporaryFolder } from "@preau/testing";
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { addRetentionCommands } from "../src/cli/retention-program.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
/** Two years and more after the last thing that was done in the demo school. */
const LATER = instant("2029-06-04T08:00:00.000Z");

/** What the commands answer with `--json`: each a part of it. */
interface Said {
  readonly surveys: readonly {
    readonly accounts: number;
    readonly proposed: readonly string[];
  }[];
  readonly persons: readonly { readonly subject: string; readonly goes: boolean; readonly by: string }[];
  readonly plan: readonly { readonly source: string }[];
  readonly outcome: string;
  readonly file: { readonly clause: string; readonly ground: string };
  readonly hold: string;
}

/** The command line in this process, over the demonstration's own school, years later. */
async function terminal(language = "en_GB.UTF-8") {
  const folder = temporaryFolder();
  const file = path.join(folder, "preau.yaml");
  const demonstration = readFileSync(path.join(ROOT, "preau.yaml"), "utf8");
  // Small purges, and a small share: the school is.
  const retention =
    "plugins: { retention: { batchPersons: 12, batches: 2, massShare: 0.02, massPersons: 5 } }";
  writeFileSync(file, `${demonstration.replace("map: apps/", `map: ${ROOT}apps/`)}\n${retention}\n`);
  const environment = {
    LANG: language,
    PREAU_DATA: path.join(folder, "data"),
    PREAU_CONFIG: file,
    PREAU_SIM_GAR_PORT: String(await freePort()),
    PREAU_SIM_SCHOOL_PORT: String(await freePort()),
  };
  const wanted = simulators.filter(({ id }) => id === "gar" || id === "school");
  const running = await startSimulators(environment, wanted);
  await Promise.all(running.map((each) => each.stop()));
  const clock = manualClock(LATER);
  const preau = async (...words: readonly string[]) => {
    let [code, out, err] = [-1, "", ""];
    const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
    const context = {
      ...{ environment, cwd: folder, clock },
      out: (text: string) => void (out += text),
      err: (text: string) => void (err += text),
    };
    addRetentionCommands(program, context, (value) => {
      code = value;
    });
    const given = words.includes("--controller") ? words : [...words, "--controller", "ministry"];
    try {
      await program.parseAsync(["retention", ...given], { from: "user" });
    } catch (error) {
      if (!isFault(error)) throw error;
      return { code: error.exit, out, err, error: error.code, place: error.place };
    }
    return { code, out, err };
  };
  const json = async (...words: readonly string[]) => {
    const { code, out } = await preau(...words, "--json");
    return { code, said: JSON.parse(out) as Said };
  };
  return { preau, json, clock };
}

describe("preau retention (D12.4)", () => {
  it("surveys, shows and plans what is due, lets somebody look, acts, and prints the receipt", async () => {
    const { preau, json, clock } = await terminal();
    const { code, said } = await json("survey");
    expect(code).toBe(0);
    const [id = ""] = said.surveys[0]?.proposed ?? [];
    expect(id).toMatch(/^prg_/);
    expect(said.surveys[0]?.accounts).toBeGreaterThan(300);

    const due = await preau("due");
    expect([due.code, due.err]).toEqual([0, ""]);
    expect(due.out).toContain(id);
    const plan = await json("plan", id);
    expect(plan.said.persons[0]).toMatchObject({ goes: true, by: "ownPeriod" });
    expect(plan.said.plan.map(({ source }) => source)).toContain("school");
    expect(JSON.stringify(plan.said)).not.toMatch(/@|Caradec/);

    expect((await preau("act", id)).code).toBe(1); // its moment is tomorrow
    clock.set(addHours(LATER, 25));
    expect((await json("act", id)).said.outcome).toBe("tooLarge");
    expect((await preau("due")).code).toBe(1);
    expect((await preau("approve", id)).code).toBe(0);
    const acted = await json("act", id);
    expect(acted.said).toMatchObject({ outcome: "ordered", file: { clause: "D12.4", ground: "retention" } });
    expect([0, 3]).toContain(acted.code);
    expect((await json("survey")).said.surveys[0]?.accounts).toBeLessThan(said.surveys[0]?.accounts ?? 0);
    expect((await preau("cancel", id)).error).toBe("RETENTION_PURGE_OVER");
  }, 120_000);

  it("places, lists and lifts holds, with the instruction behind each (D6.2c)", async () => {
    const { preau, json } = await terminal("fr_FR.UTF-8");
    const basis = ["--basis", "Contentieux 2029-3", "--instruction", "lettre 12 du 2 juin 2029"];
    const { said } = await json("hold", "--covers", "controller", "--law", ...basis);
    expect(said.hold).toMatch(/^hld_/);
    expect((await json("survey")).said.surveys[0]).toMatchObject({ proposed: [] });
    expect((await preau("holds")).out).toMatch(
      /tous les comptes du client\s+loi\s+levée à la main\s+Contentieux/,
    );
    expect((await preau("lift", said.hold, "--instruction", "lettre 13")).code).toBe(0);
    expect((await preau("lift", said.hold, "--instruction", "lettre 13")).code).toBe(1);
    expect((await json("survey")).said.surveys[0]?.proposed.length).toBeGreaterThan(0);
    expect((await preau("hold", "--covers", "shoes", ...basis)).error).toBe("HUB_BAD_ARGUMENT");
    expect((await preau("hold", "--covers", "controller", "--until", "2029-02-30", ...basis)).place).toBe(
      "--until",
    );
    expect((await preau("hold", "--covers", "controller", "--until", "2029-01-01", ...basis)).error).toBe(
      "RETENTION_HOLD_BAD",
    );
  }, 120_000);

  it("knows nothing of another controller's, and finds nobody to survey where nobody has an account", async () => {
    const { preau, json } = await terminal();
    const [id = ""] = (await json("survey")).said.surveys[0]?.proposed ?? [];
    const other = ["--controller", "college-des-ajoncs"] as const;
    for (const deed of ["plan", "approve", "cancel", "act"])
      expect(await preau(deed, id, ...other), deed).toMatchObject({ code: 2, error: "RETENTION_NO_PURGE" });
    expect((await json("survey", ...other)).said.surveys).toMatchObject([
      { source: "gar", accounts: 0, proposed: [] },
    ]);
    expect((await preau("due", ...other)).out).toContain("nothing is due");
  }, 120_000);
});
