import { existsSync } from "node:fs";
import { clauseIds } from "@preau/agreement";
import { describe, expect, it } from "vitest";
import { readBooks } from "../src/agreement-book.ts";
import { figureOf } from "../src/clause-figure.ts";
import { countStates, indexClauses, isChapter, searchClauses } from "../src/clause-index.ts";
import { readClauseList } from "../src/clause-list.ts";
import { startsOf } from "../src/clause-rules.ts";
import { cutAtClauses } from "../src/clause-sections.ts";

const books = readBooks({ agreement: undefined, folder: "/" });
const list = readClauseList();
const root = new URL("../../../", import.meta.url);

describe("the list of clauses", () => {
  it("has every clause that the product answers for, each in one state", () => {
    expect(new Set(list.keys())).toEqual(clauseIds);
    const { enforced, planned, "by hand": byHand } = countStates(list);
    expect(enforced + planned + byHand).toBe(clauseIds.size);
    expect(enforced).toBeGreaterThan(0);
  });

  it("calls nothing enforced without a function and a test, in files that are there", () => {
    for (const { proof } of list.values()) {
      if (proof.state !== "enforced") continue;
      expect([proof.id, proof.functions.length > 0, proof.tests > 0]).toEqual([proof.id, true, true]);
      for (const { file } of [...proof.functions, ...(proof.test === undefined ? [] : [proof.test])])
        expect([proof.id, file, existsSync(new URL(file, root))]).toEqual([proof.id, file, true]);
    }
  });
});

describe("the index of clauses", () => {
  it.each(["fr", "en"] as const)("has every clause of the list once, with a text, in %s", (language) => {
    const entries = indexClauses(books, list, language);
    const ids = entries.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...clauseIds].filter((id) => !ids.includes(id))).toEqual([]);
    expect(entries.filter(({ text, listed }) => listed !== undefined && text === undefined)).toEqual([]);
    expect(entries.find(({ id }) => id === "D8.3")).toMatchObject({ chapter: "D8", language });
    expect(entries.filter(isChapter).map(({ id }) => id)).toContain("D8");
    expect(entries.find(({ id }) => id === "S6")?.book).toBe(books[1]);
  });

  it("shows the French text where there is no other", () => {
    const { en: _en, ...texts } = books[0].agreement.texts;
    const french = { ...books[0], agreement: { ...books[0].agreement, texts } };
    expect(indexClauses([french], list, "en").find(({ id }) => id === "D8.3")?.language).toBe("fr");
  });

  it("finds clauses by id, words and text, whatever the case and the accents, and by state", () => {
    const entries = indexClauses(books, list, "fr");
    const found = (search: string, state: "all" | "enforced" | "planned" = "all") =>
      searchClauses(entries, { search, state }, "fr").map(({ id }) => id);
    expect(found("d8.3")).toContain("D8.3");
    expect(found("SOUS-TRAITANT ulterieur")).toContain("D8.2");
    expect(found("l'accord prend")).toContain("D3");
    expect(found("xyzzy")).toEqual([]);
    expect(found("")).toHaveLength(entries.filter((each) => !isChapter(each)).length);
    for (const id of found("", "enforced")) expect(list.get(id)?.proof.state).toBe("enforced");
  });
});

describe("the figure of a clause", () => {
  const figure = (clause: string, inText = true, agreement = books[0].agreement) =>
    figureOf(agreement, clause, { language: "en", listed: list.get(clause), inText });
  it("is the agreement's own, and not the list's", () => {
    expect(figure("D8.3")).toBe("7\u00a0working days");
    const periods = books[0].agreement.periods.map((each) =>
      each.clause === "D8.3" ? { ...each, duration: { ...each.duration, amount: 10 } } : each,
    );
    expect(figure("D8.3", true, { ...books[0].agreement, periods })).toBe("10\u00a0working days");
    const without = periods.filter((each) => each.clause !== "D8.3");
    expect(figure("D8.3", true, { ...books[0].agreement, periods: without })).toBeUndefined();
    expect(figure("D6.2a")).toBe("at once");
  });
});

describe("what a period runs from", () => {
  it("is its own event, its rules' anchors, or those of the period that it is an exception to", () => {
    const { agreement } = books[0];
    const of = (id: string) => {
      const period = agreement.periods.find((each) => each.id === id);
      if (period === undefined) throw new Error(`no period ${id}`);
      return startsOf(agreement, period);
    };
    expect(of("objectToSubprocessor")).toEqual(["announcementReceived"]);
    expect(of("eraseAccount")).toEqual(["accountDeleted"]);
    expect(of("eraseMailerLog")).toEqual(["accountDeleted"]);
  });
});

describe("a text cut at its clauses", () => {
  it("keeps what stands between two headings, fenced headings too, and knows the chapter", () => {
    const cut = cutAtClauses(
      "# T\n\nintro\n\n## D8 · A\n\n### D8.1 · B\n\none\n```\n## D9 · no\n```\n## D10 · C\ntwo",
    );
    expect(cut).toMatchObject({ title: "T", preamble: "intro" });
    expect(cut.sections.map(({ clause, chapter, body }) => [clause, chapter, body])).toEqual([
      ["D8", undefined, ""],
      ["D8.1", "D8", "one\n```\n## D9 · no\n```"],
      ["D10", undefined, "two"],
    ]);
  });
});
