import type { Language } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { figuresOf } from "../src/figures.ts";

/** `line:column unit amount`, with what marks it. */
function read(text: string, language: Language = "fr", nouns: readonly string[] = []): string[] {
  return figuresOf(text, language, { nouns: new Set(nouns) }).map((figure) =>
    [
      `${figure.line}:${figure.column}`,
      figure.unit,
      figure.amount,
      ...(figure.weak ? ["weak"] : []),
      ...(figure.frequency ? ["often"] : []),
      ...(figure.beside === undefined ? [] : [`beside ${figure.beside}`]),
      ...(figure.or === undefined ? [] : [`or ${figure.or.unit} ${figure.or.amount}`]),
    ].join(" "),
  );
}
/** Without the places. */
const amounts = (text: string, language: Language = "fr", nouns: readonly string[] = []) =>
  read(text, language, nouns).map((each) => each.replace(/^\S+ /, ""));

describe("figures of a French text (D1)", () => {
  it.each<[text: string, ...figures: string[]]>([
    ["sept (7) jours ouvrés", "workingDays 7"],
    ["7 jours ouvrés", "workingDays 7"],
    ["7 (sept) jours ouvrés", "workingDays 7"],
    ["un (1) mois", "months 1"],
    ["vingt-quatre (24) heures", "hours 24"],
    ["quarante-huit heures", "hours 48"],
    ["soixante-douze heures", "hours 72"],
    ["soixante et onze jours", "days 71"],
    ["quatre-vingt-dix jours", "days 90"],
    ["quatre-vingts jours", "days 80"],
    ["cent vingt jours", "days 120"],
    ["trois cent soixante-cinq jours", "days 365"],
    ["mille deux cents élèves", "things 1200"],
    ["sous 2 j. ouvrés", "workingDays 2"],
    ["sauvegarde chaque nuit", "days 1 weak often"],
    ["toutes les nuits, et chaque lundi", "days 1 weak often", "days 7 weak often"],
    ["vingt et un jours", "days 21"],
    ["septante jours", "days 70"],
    ["48h", "hours 48"],
    ["48 h", "hours 48"],
    ["30 j", "days 30"],
    ["1 000 jours", "days 1000"],
    ["deux ans", "years 2"],
    ["un mois", "months 1"],
    ["pendant une année", "years 1"],
    ["deux ans et demi", "years 2.5"],
    ["4 semaines", "days 28"],
    ["un trimestre", "months 3"],
    ["sous huitaine", "days 8"],
    ["sous quinzaine", "days 15"],
    ["24 à 48 heures", "hours 24", "hours 48"],
    ["24-48 h", "hours 24", "hours 48"],
    ["24–48 heures", "hours 24", "hours 48"],
    ["de 6 mois à 1 an", "months 6", "years 1"],
    ["entre six mois et un an", "months 6", "years 1"],
    ["un à deux mois", "months 1", "months 2"],
    ["7, 15 ou 30 jours", "days 7", "days 15", "days 30"],
    ["les 6 premiers mois", "months 6"],
    ["**7** jours *ouvrés*", "workingDays 7"],
    ["trente (30) jour(s) ouvré(s)", "workingDays 30"],
    ["dix jours ouvrables", "ouvrableDays 10"],
    ["huit jours francs", "clearDays 8"],
    ["48 heures ouvrées", "workingHours 48"],
    ["dix jours calendaires", "days 10"],
    ["7 &nbsp;jours", "days 7"],
    ["&#55; jours", "days 7"],
    ["７ jours", "days 7"],
    ["1 audit par an", "things 1 or years 1", "years 1 weak often"],
    ["un audit par an", "things 1 or years 1", "years 1 weak often"],
    ["une fois par an", "things 1 or years 1", "years 1 weak often"],
    ["deux fois par an", "things 2", "years 1 weak often"],
    ["2 sites", "things 2"],
    ["deux sites distincts", "things 2"],
    ["12 caractères", "characters 12"],
    ["20 Mo", "megabytes 20"],
    ["1,5 Go", "megabytes 1500"],
    ["99,9 %", "percent 99.9"],
    ["cent pour cent", "percent 100"],
    ["tous les 2 jours", "days 2 often"],
    ["chaque jour", "days 1 weak often"],
    ["une sauvegarde mensuelle", "months 1 weak often"],
    ["sept (10) jours ouvrés", "workingDays 7 beside 10"],
    ["6 classes de 30 élèves", "things 6", "things 30"],
  ])("%s", (text, ...figures) => {
    expect(amounts(`Le délai est fixé ainsi : ${text}.`)).toEqual(figures);
  });

  it.each([
    "l'article 28",
    "les articles 13, 14 et 15 du règlement",
    "articles 15 à 22",
    "art. 28, § 3",
    "l'article 28(3)(a)",
    "règlement (UE) 2016/679",
    "décision (UE) 2021/915 de la Commission",
    "directive 95/46/CE",
    "loi n° 78-17 du 6 janvier 1978",
    "annexe 3",
    "ISO 27001",
    "ISO/CEI 27001",
    "TLS 1.3, AES-256 et SHA-256",
    "le 2026-03-27",
    "le 27/03/2026",
    "le 12 mars 2026",
    "le 1er septembre 2025",
    "en mars 2026",
    "depuis 2024",
    "l'année scolaire 2025-2026",
    "le 2e jour",
    "de 9h30 à 18 h 00",
    "7j/7 et 24h/24",
    "01 23 45 67 89",
    "dpo@editions-9.example",
    "https://editions.example/2/30-jours",
    "[le site](https://editions.example/48)",
    "`48 heures`",
    "<!-- 48 heures -->",
    "d'une année scolaire à la suivante",
    "une année scolaire",
    "d'une année à l'autre",
    "un jour férié",
    "un client et une école",
    "un poste neuf",
    "les deux parties",
    "zéro",
    "un plan 3D",
    "RSA 4096",
    "dans la nuit du lundi",
    "5j/7, soit 5 jours sur 7, et 24 heures sur 24",
    "clauses types, module 3, ou modules 2 et 3",
  ])("none in: %s", (text) => {
    expect(amounts(`Voir ${text}.`)).toEqual([]);
  });

  it.each<[table: string, ...figures: string[]]>([
    ["| N° | Délai |\n|---|---|\n| 1 | 2 jours |\n| 2 | 3 jours |", "days 2", "days 3"],
    ["| **No.** | Period |\n|---|---|\n| 1 | 2 jours |", "days 2"],
    ["| | Délai |\n|---|---|\n| **1.** | 2 jours |", "days 2"],
    ["| N° | Sites |\n|---|---|\n| 1 | 2 |", "things 2"],
    ["| Sites | Délai |\n|---|---|\n| 2 | 3 jours |", "things 2", "days 3"],
    ["| N° | Délai |\n|---|---|\n| 2 jours | 3 jours |", "days 2", "days 3"],
    ["| N° | a |\n|---|---|\n| 1 | b |\n\n| Sites | a |\n|---|---|\n| 2 | b |", "things 2"],
  ])("leaves out the numbers of a table's rows, and nothing else: %s", (table, ...figures) => {
    expect(amounts(table)).toEqual(figures);
  });

  it("leaves out rules of tables, list markers and blocks of code, and reads cells and items", () => {
    const text = [
      "| donnée | durée |",
      "|---|---:|",
      "| journaux | 6 mois |",
      "| 12 | mois |",
      "",
      "1. Premier point",
      "2. dans les 48 heures",
      "",
      "```",
      "30 jours",
      "```",
      "",
      "---",
    ].join("\n");
    expect(read(text)).toEqual(["3:14 months 6", "4:3 things 12", "7:13 hours 48"]);
  });

  it("reads over a wrapped line, but not over the end of a paragraph", () => {
    expect(read("Dans un délai de sept\njours ouvrés.")).toEqual(["1:18 workingDays 7"]);
    expect(read("> dans les 7\n> jours\u00a0ouvrés")).toEqual(["1:12 workingDays 7"]);
    expect(read("soit 7\n\njours ouvrés")).toEqual(["1:6 things 7"]);
    expect(read("Dans un délai de\r\n30. jours")).toEqual(["2:1 things 30"]);
  });

  it("takes decomposed letters, narrow spaces and invisible characters as one reads them", () => {
    expect(read("7\u202fjours ouvre\u0301s")).toEqual(["1:1 workingDays 7"]);
    expect(read("se\u00adpt\u200b jours")).toEqual(["1:1 days 7"]);
  });

  it("knows the clause, the end and the words of each", () => {
    const [figure] = figuresOf("# Accord\n\n## D8.3 · Sous 7 jours\n\nVoir D8.4 ou XYZ.\n", "fr");
    expect(figure).toMatchObject({ clause: "D8.3", line: 3, column: 16, end: { line: 3 }, says: "7 jours" });
    const [named] = figuresOf(
      "## D5 · Un\n\nDans la limite de 2 ans (clause D12.4). Puis D5.\n\n## D12.4 · Deux\n",
      "fr",
    );
    expect([named?.clause, named?.names]).toEqual(["D5", ["D12.4"]]);
  });

  it("takes `un` with a noun that the agreement counts as a figure that asks for nothing", () => {
    expect(amounts("Le client peut mener un audit.", "fr", ["audit"])).toEqual(["things 1 weak"]);
    expect(amounts("Le client peut mener un audit.", "fr")).toEqual([]);
  });
});

describe("figures of an English text (D1)", () => {
  it.each<[text: string, ...figures: string[]]>([
    ["backed up nightly, checked every Monday", "days 1 weak often", "days 7 weak often"],
    ["7 working days", "workingDays 7"],
    ["seven (7) working days", "workingDays 7"],
    ["seven business days", "workingDays 7"],
    ["a 30-day period", "days 30"],
    ["a thirty-day period", "days 30"],
    ["forty-eight hours", "hours 48"],
    ["six months", "months 6"],
    ["twenty-four (24) hours", "hours 24"],
    ["one hundred and twenty days", "days 120"],
    ["two and a half years", "years 2.5"],
    ["a month", "months 1"],
    ["one year", "years 1"],
    ["four weeks", "days 28"],
    ["2 fortnights", "days 28"],
    ["between 6 months and 1 year", "months 6", "years 1"],
    ["24 to 48 hours", "hours 24", "hours 48"],
    ["two consecutive calendar months", "months 2"],
    ["5 clear days", "clearDays 5"],
    ["8 working hours", "workingHours 8"],
    ["one audit a year", "things 1 or years 1", "years 1 weak often"],
    ["once a year", "things 1 or years 1"],
    ["twice a year", "things 2"],
    ["6 months, then a year", "months 6", "years 1"],
    ["6 months and a year", "months 6", "years 1"],
    ["every 2 days", "days 2 often"],
    ["every month", "months 1 weak often"],
    ["12 characters", "characters 12"],
    ["20 MB", "megabytes 20"],
    ["10,000 pupils", "things 10000"],
    ["99.9 per cent", "percent 99.9"],
  ])("%s", (text, ...figures) => {
    expect(amounts(`The time is set thus: ${text}.`, "en")).toEqual(figures);
  });

  it.each([
    "article 28",
    "articles 15 to 22",
    "Regulation (EU) 2016/679",
    "on 12 March 2026",
    "on March 12, 2026",
    "since 2024",
    "the 2nd day",
    "from one school year to the next",
    "an academic year",
    "one of them, then the other",
    "on a working day",
    "24/7",
    "from 9 am to 6 p.m., 5 days out of 7",
    "at 9:30am",
    "24x7",
    "2FA",
    "Schedule 1",
    "sections 2 to 4",
    "at 9:30",
    "EN 301 549",
    "as one ZIP archive a project",
  ])("none in: %s", (text) => {
    expect(amounts(`See ${text}.`, "en")).toEqual([]);
  });
});

describe("figures of a hostile text", () => {
  it("never fails, and never points outside the text", () => {
    const piece = fc.constantFrom(
      ..."7|12|sept|deux|un|cent|mille|et|-|(|)|.|,|heures|h|jours|ouvrés|ans|mois|par an|tous les|article|à|ou|%|\n|\n\n|```\n|## D1 · a\n|| a |\n|`|<!--|-->|[a](b)|&#55;|\u00a0|é|e\u0301|𝟕|D1|once|a|year|every|half".split(
        "|",
      ),
    );
    const texts = fc.oneof(
      fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(" ")),
      fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join("")),
      fc.string({ unit: "binary", maxLength: 200 }),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom<Language>("fr", "en"), (text, language) => {
        const lines = text.split(/\r\n|\n|\r/);
        for (const { line, column, end, amount, says } of figuresOf(text, language)) {
          expect(column).toBeLessThanOrEqual((lines[line - 1] ?? "").length + 1);
          expect([line >= 1, line <= lines.length, column >= 1, end.line >= line]).toEqual([
            true,
            true,
            true,
            true,
          ]);
          expect([Number.isFinite(amount), says !== ""]).toEqual([true, true]);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ["digits", "7 "],
    ["figures", "7 h "],
    ["number words", "sept-"],
    ["brackets", "["],
    ["backticks", "`"],
    ["backticks apart", "` `` "],
    ["ampersands", "&"],
    ["angles", "<a"],
    ["open links", "](a"],
    ["addresses", "a@"],
    ["labels", "articles 1, "],
    ["ranges", "1 à "],
    ["pipes", "|"],
    ["clauses", "D1.1 "],
    ["one word", "a"],
    ["one number", "7"],
    ["parentheses", "(7)"],
    ["combining marks", "e\u0301"],
    ["lines", "\n7"],
    ["comments", "<!-- "],
  ])("answers in time: %s", (_name, unit) => {
    const text = `## D1 · Un\n\n${unit.repeat(Math.floor(300_000 / unit.length))}`;
    const before = process.cpuUsage();
    figuresOf(text, "fr");
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6 < 4 ? "in time" : (user + system) / 1e6).toBe("in time");
  });
});
