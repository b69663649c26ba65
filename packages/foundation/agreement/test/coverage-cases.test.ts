import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { coverageOf } from "../src/coverage.ts";
import { locateAgreementFolder } from "../src/read-agreement-folder.ts";
import { brief, check, type Files, rulesIn } from "./checked-coverage.ts";

const processor = {
  name: "Tilleul 35",
  legalForm: "SAS",
  seat: "1, rue du Tilleul, 35000 Rennes",
  register: "RCS Rennes 999 000 027",
  representative: { name: "Ondine Vasseur", capacity: { fr: "présidente", en: "president" } },
  officer: { name: "Ferdinand Loiret", address: "même adresse", email: "dpo@tilleul.example" },
};
const period = (id: string, clause: string, duration: string, rest: object = { binds: "processor" }) => ({
  id,
  clause,
  duration,
  ...rest,
});

/** A small folder: rules, and the words under D1, D2 and DA. */
function small(
  rules: object,
  fr: Readonly<Record<string, string>>,
  en?: Readonly<Record<string, string>>,
): Files {
  const yaml = {
    schema: "preau.agreement/1",
    id: "small",
    fr: "Petit accord",
    en: "Small agreement",
    frame: { contract: "D1", subprocessors: "D1" },
    annexA: { clause: "DA", processor },
    ...rules,
  };
  const text = (words: Readonly<Record<string, string>>) =>
    [
      "# Accord",
      words["#"] ?? "",
      ...["D1", "D2", "DA"].map((id) => `## ${id} · Titre\n\n${words[id] ?? "–"}\n`),
    ].join("\n\n");
  return new Map([
    ["agreement.yaml", stringify(yaml)],
    ["text.fr.md", text(fr)],
    ...(en === undefined ? [] : [["text.en.md", text(en)] as const]),
  ]);
}
const codes = (files: Files) => check(files).map(({ code, clause }) => `${code} ${clause ?? "–"}`);
const batching = {
  recipient: "mailer",
  clause: "D1",
  name: "Frêne",
  siret: "99900002700014",
  fr: "Envoi",
  en: "Sending",
  origins: "everyOrigin",
  transfers: "none",
  operations: ["send", "erase"],
};
const hold = (duration: string) => ({ periods: [period("hold", "D1", duration)] });

describe("coverage between text and rules", () => {
  it.each([
    ["hours(48)", "dans les quarante-huit (48) heures"],
    ["days(28)", "pendant 4 semaines"],
    ["days(28)", "pendant 28 jours"],
    ["months(12)", "pendant un an"],
    ["years(1)", "pendant douze mois"],
    ["days(15)", "sous quinzaine"],
    ["workingDays(10)", "sous dix jours\nouvrés"],
  ])("takes %s as said by: %s", (duration, text) => {
    expect(codes(small(hold(duration), { D1: `Il agit ${text}.` }))).toEqual([]);
  });

  it.each([
    ["hours(24)", "dans un délai d'un jour", "A day is not 24 hours"],
    ["days(1)", "dans les 24 heures", "A day is not 24 hours"],
    ["workingDays(5)", "dans les 5 jours", "not working days"],
    ["workingDays(5)", "dans les 5 jours ouvrables", "ouvrables"],
    ["days(30)", "dans un délai d'un mois", "not a fixed number of days"],
  ])("does not take %s as said by: %s, and says why", (duration, text, why) => {
    const found = check(small(hold(duration), { D1: `Il agit ${text}.` }));
    expect(brief(found)).toEqual(["FIGURE_DIFFERS text.fr.md:7 D1"]);
    expect(found[0]?.says.en).toContain(why);
  });

  it.each([
    ["les ordres partent par lot hebdomadaire", true],
    ["les ordres attendent sept jours au plus", true],
    ["les ordres partent chaque lundi", true],
    ["les ordres partent chaque mois", false],
  ])("takes the pace of a batch as said, how long or how often: %s", (text, said) => {
    const annexC = [{ ...batching, deletionDelay: "none", deletionBatch: "days(7)" }];
    expect(codes(small({ annexC }, { D1: `Chez lui, ${text}.` }))).toEqual(said ? [] : ["FIGURE_UNSAID D1"]);
  });

  it("asks for how often in words that say how often", () => {
    const review = (duration: string) =>
      check(
        small({ periods: [period("look", "D1", duration, { binds: "processor", from: "lastReview" })] }, {}),
      );
    expect(["days(1)", "days(7)", "hours(2)", "months(1)"].map((each) => review(each)[0]?.remedy)).toEqual([
      { en: expect.stringContaining("“every day”"), fr: expect.stringContaining("« tous les jours »") },
      {
        en: expect.stringContaining("“every 7\u00a0days”"),
        fr: expect.stringContaining("« tous les 7\u00a0jours »"),
      },
      {
        en: expect.stringContaining("“every 2\u00a0hours”"),
        fr: expect.stringContaining("« toutes les 2\u00a0heures »"),
      },
      { en: expect.stringContaining("“every month”"), fr: expect.stringContaining("« tous les mois »") },
    ]);
  });

  it("binds a figure only in its own clause, and says where the rule is", () => {
    const found = check(small(hold("hours(48)"), { D2: "Il agit dans les 48 heures." }));
    expect(found.map(({ code, clause }) => `${code} ${clause ?? ""}`)).toEqual([
      "FIGURE_UNSAID D1",
      "FIGURE_UNBOUND D2",
    ]);
    expect(found[0]?.remedy.en).toContain("D2");
    expect(found[1]?.remedy.en).toContain("`hold` (D1)");
  });

  it("binds a repeated figure to the clause that its sentence names, and to no other", () => {
    const rules = hold("years(2)");
    const said = { D1: "Au plus 2 ans." };
    expect(codes(small(rules, { ...said, D2: "Dans la limite de 2 ans (clause D1)." }))).toEqual([]);
    expect(codes(small(rules, { ...said, D2: "Dans la limite de 2 ans. Voir la clause D1." }))).toEqual([
      "FIGURE_UNBOUND D2",
    ]);
    const apart = check(small(rules, { ...said, D2: "Dans la limite de 3 ans (clause D1)." }));
    expect([brief(apart), rulesIn(apart)]).toEqual([["FIGURE_DIFFERS text.fr.md:12 D2"], new Set(["hold"])]);
  });

  it("asks for every rule of one unit apart, and names both where either could be meant", () => {
    const rules = { periods: [period("one", "D1", "days(7)"), period("two", "D1", "days(7)")] };
    expect(codes(small(rules, { D1: "Sous 7 jours, puis 7 jours." }))).toEqual([]);
    const found = check(small(rules, { D1: "Sous 7 jours, puis 9 jours." }));
    expect([codes(small(rules, { D1: "Sous 7 jours, puis 9 jours." })), rulesIn(found)]).toEqual([
      ["FIGURE_DIFFERS D1"],
      new Set(["one", "two"]),
    ]);
  });

  it("pairs a figure with the rule of its unit before one of another", () => {
    const rules = { periods: [period("one", "D1", "hours(48)"), period("two", "D1", "days(30)")] };
    const found = check(small(rules, { D1: "Sous 20 jours, puis 24 heures." }));
    expect(found.map(({ says }) => says.en)).toEqual([
      expect.stringMatching(/“20 jours”.*`two`/),
      expect.stringMatching(/“24 heures”.*`one`/),
    ]);
    expect(codes(small(rules, { D1: "Sous 2 mois, puis 24 heures et 30 jours." }))).toEqual([
      "FIGURE_UNBOUND D1",
      "FIGURE_DIFFERS D1",
    ]);
  });

  it("calls a figure unbound when the rules of its unit are said already", () => {
    const rules = hold("days(7)");
    expect(codes(small(rules, { D1: "Sous 7 jours, et 30 jours après. Trois exemplaires." }))).toEqual([
      "FIGURE_UNBOUND D1",
      "FIGURE_UNBOUND D1",
    ]);
  });

  it("reads choices, exceptions, delays of subprocessors, backups and counts", () => {
    const rules = {
      periods: [
        period("hold", "D1", "hours(24)", {
          binds: "processor",
          exceptions: [{ recipient: "host", period: "slow" }],
        }),
        period("slow", "D2", "days(3)"),
      ],
      choices: [
        {
          id: "guard",
          clause: "D1",
          least: "months(6)",
          most: "years(1)",
          otherwise: "days(10)",
          fr: "x",
          en: "x",
        },
      ],
      annexC: [
        {
          recipient: "host",
          clause: "D2",
          name: "H",
          siret: "99900002700014",
          fr: "x",
          en: "x",
          origins: "everyOrigin",
          transfers: "none",
          deletionDelay: "hours(48)",
          deletionBatch: "days(2)",
          operations: ["store"],
        },
      ],
      backups: {
        clause: "D2",
        hold: ["live"],
        generations: [{ id: "weekly", kind: "full", every: "days(7)" }],
      },
      counts: [
        { id: "sites", clause: "D2", count: 2, fr: "sites", en: "sites" },
        { id: "length", clause: "D2", count: 12, unit: "characters", fr: "x", en: "x" },
      ],
    };
    const D1 = "24 heures ; entre 6 mois et 1 an, à défaut dix jours.";
    const D2 = "3 jours ; 48 h, lots de 2 jours ; chaque semaine ; deux sites ; 12 caractères.";
    expect(codes(small(rules, { D1, D2 }))).toEqual([]);
    const { agreement, source } = locateAgreementFolder(small(rules, { D1, D2 }));
    expect(coverageOf(agreement, source)).toMatchObject({ figures: 9, bound: 9, rules: 10, said: 10 });
    expect(rulesIn(check(small(rules, {})))).toEqual(
      new Set([
        "hold",
        "slow",
        "guard.least",
        "guard.most",
        "guard.otherwise",
        "host.deletionDelay",
        "host.deletionBatch",
        "backups.weekly.every",
        "sites",
        "length",
      ]),
    );
  });

  it("lets a retention rule's clause repeat the figure of its period, without asking for it", () => {
    const rules = {
      ...hold("months(6)"),
      retention: [
        { id: "kept", clause: "D2", store: "live", anchor: "accountDeleted", period: "hold", then: "erase" },
      ],
    };
    expect(codes(small(rules, { D1: "6 mois", D2: "après 6 mois" }))).toEqual([]);
    expect(codes(small(rules, { D1: "6 mois" }))).toEqual([]);
    expect(codes(small(rules, { D1: "6 mois", D2: "après 7 mois" }))).toEqual(["FIGURE_UNBOUND D2"]);
  });

  it("leaves out what agreement.yaml holds as literals, and nothing that only looks like them", () => {
    const DA = "Tilleul 35, 1 rue du Tilleul, 35000 Rennes, RCS Rennes 999 000 027";
    expect(codes(small({}, { DA }))).toEqual([]);
    expect(codes(small({}, { DA: DA.replace("027", "028") }))).toEqual(["FIGURE_UNBOUND DA"]);
  });

  it("leaves out what is exempt, word for word, and says when an exemption exempts nothing", () => {
    const exempt = (says: string) => ({
      exempt: [{ clause: "D1", says, why: { fr: "tarif", en: "price" } }],
    });
    const D1 = "Le prix est de 148 euros, soit 48 par classe.";
    expect(codes(small(exempt("148 euros, soit 48"), { D1 }))).toEqual([]);
    expect(codes(small(exempt("48 par classe"), { D1 }))).toEqual(["FIGURE_UNBOUND D1"]);
    expect(codes(small(exempt("48"), { D1 }))).toEqual(["FIGURE_UNBOUND D1"]);
    expect(codes(small(exempt("49 euros"), { D1: "rien" }))).toEqual(["EXEMPTION_WITHOUT_EFFECT D1"]);
    expect(codes(small(exempt("148 euros, soit 48"), { D2: D1 }))).toEqual([
      "EXEMPTION_WITHOUT_EFFECT D1",
      "FIGURE_UNBOUND D2",
      "FIGURE_UNBOUND D2",
    ]);
  });

  it("refuses words and digits that are not the same number", () => {
    expect(codes(small(hold("days(7)"), { D1: "sept (10) jours" }))).toEqual(["FIGURE_WRITTEN_TWICE D1"]);
  });

  it("asks both languages for every figure, each in its place", () => {
    const rules = hold("days(7)");
    expect(codes(small(rules, { D1: "7 jours" }, { D1: "seven days" }))).toEqual([]);
    const missing = check(small(rules, { D1: "7 jours" }, {}));
    expect(
      missing.map(({ code, says }) => [code, says.en.includes("text.en.md"), says.en.includes("text.fr.md")]),
    ).toEqual([["FIGURE_UNSAID", true, false]]);
    expect(codes(small(rules, { D1: "7 jours" }, { D1: "8 days" }))).toEqual(["FIGURE_DIFFERS D1"]);
  });

  it("tells two texts apart that are each in order by themselves", () => {
    const exempt = {
      exempt: [
        { clause: "D1", says: "20 %", why: { fr: "TVA", en: "VAT" } },
        { clause: "D1", says: "25 %", why: { fr: "TVA", en: "VAT" } },
      ],
    };
    expect(codes(small(exempt, { D1: "20 %" }, { D1: "25 %" }))).toEqual(["TEXTS_DIFFER D1"]);
  });

  it("reads titles, and what stands before the first heading", () => {
    const files = new Map(small({}, {}));
    files.set(
      "text.fr.md",
      "# Accord de 12 mois\n\nPour 3 ans.\n\n## D1 · Sous 48 heures\n\n## D2 · B\n\n## DA · C\n",
    );
    expect(brief(check(files))).toEqual([
      "FIGURE_UNBOUND text.fr.md:1 –",
      "FIGURE_UNBOUND text.fr.md:3 –",
      "FIGURE_UNBOUND text.fr.md:5 D1",
    ]);
  });

  it("answers a million figures in time", () => {
    const exempt = [{ clause: "D1", says: "8 j", why: { fr: "x", en: "x" } }];
    const files = new Map(small({ ...hold("days(7)"), exempt }, {}));
    files.set("text.fr.md", `## D1 · A\n\n${"8 j 9 j ".repeat(50_000)}\n\n## D2 · B\n\n## DA · C\n`);
    const before = process.cpuUsage();
    expect(check(files).length).toBeLessThan(600);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6 < 8 ? "in time" : (user + system) / 1e6).toBe("in time");
  });
});
