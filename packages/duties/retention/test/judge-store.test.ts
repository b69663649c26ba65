import { instant, type LookAgainReport } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeStore, type StoreFacts } from "../src/judge-store.ts";

const clean: LookAgainReport = {
  referenceColumns: 3,
  textColumns: 5,
  files: 0,
  hits: 0,
  where: [],
  notCovered: [],
};
const facts: StoreFacts = {
  store: "school",
  tables: [{ table: "pupil", erased: 1, anonymised: 0, kept: 0 }],
  report: clean,
  blocked: 0,
  kept: [],
  notCovered: [],
  documentedDelayHours: 0,
  endedAt: instant("2026-11-23T08:00:00.000Z"),
};
const kept = [{ where: "archive", rows: 2, reason: "accounts", clause: "D12.4" }];
const hitsAt = (place: string, hits: number): LookAgainReport => ({
  ...clean,
  hits,
  where: [{ place, hits }],
});

const anyReport = fc.option(
  fc
    .record({
      referenceColumns: fc.nat(2),
      textColumns: fc.nat(2),
      files: fc.nat(1),
      where: fc.array(fc.record({ place: fc.constantFrom("archive.owner", "note.text"), hits: fc.nat(3) }), {
        maxLength: 3,
      }),
      extra: fc.nat(1),
    })
    .map(({ extra, ...report }) => ({
      ...report,
      hits: report.where.reduce((sum, each) => sum + each.hits, extra),
      notCovered: [],
    })),
  { nil: undefined },
);
const anyFacts = fc.record({
  report: anyReport,
  blocked: fc.nat(1),
  notCovered: fc.array(fc.constant({ what: "files", why: "no folder" }), { maxLength: 1 }),
  documentedDelayHours: fc.constantFrom<number | "unknown">(0, 0, 48, "unknown"),
});

describe("the verdict of one store (D12.2)", () => {
  it("is PASS exactly when it looked somewhere, found nothing unexplained, left nothing out and waits for nothing", () => {
    fc.assert(
      fc.property(anyFacts, (more) => {
        const result = judgeStore({ ...facts, kept, ...more });
        const { report } = more;
        const unexplained =
          report === undefined ||
          report.where.some(({ place, hits }) => hits > (place === "archive.owner" ? 2 : 0)) ||
          report.hits > report.where.reduce((sum, each) => sum + each.hits, 0);
        const passes =
          !unexplained &&
          report.referenceColumns + report.textColumns + report.files > 0 &&
          more.blocked === 0 &&
          more.notCovered.length === 0 &&
          more.documentedDelayHours === 0;
        expect(result.verdict === "PASS").toBe(passes);
        if (result.verdict === "PASS") expect(result.lookAgain?.hits).toBe(0);
        else expect(result.why).toMatch(/\w/);
        expect(result.until !== undefined).toBe(result.verdict === "PENDING");
      }),
      { numRuns: 2000 },
    );
  });

  it("says why, in an order in which the worst comes first", () => {
    const verdictOf = (more: Partial<StoreFacts>) => judgeStore({ ...facts, ...more }).verdict;
    expect(verdictOf({})).toBe("PASS");
    expect(verdictOf({ blocked: 1, report: undefined })).toBe("FAILED");
    expect(verdictOf({ report: hitsAt("note.text", 1), notCovered: [{ what: "x", why: "y" }] })).toBe(
      "FAILED",
    );
    expect(verdictOf({ report: undefined })).toBe("UNKNOWN");
    expect(verdictOf({ documentedDelayHours: "unknown" })).toBe("UNKNOWN");
    expect(judgeStore({ ...facts, documentedDelayHours: 48 })).toMatchObject({
      verdict: "PENDING",
      until: "2026-11-25T08:00:00.000Z",
    });
  });

  it("finds what is listed as kept, rightly, and one row more than that wrongly", () => {
    const verdictOf = (report: LookAgainReport, where: string) =>
      judgeStore({ ...facts, report, kept: [{ where, rows: 2, reason: "accounts", clause: "D12.4" }] })
        .verdict;
    expect(verdictOf(hitsAt("archive.owner", 2), "archive")).toBe("PASS");
    expect(verdictOf(hitsAt("archive.owner", 3), "archive")).toBe("FAILED");
    expect(verdictOf(hitsAt("archive.title", 2), "archive.body+title")).toBe("PASS");
    expect(verdictOf(hitsAt("archive.owner", 1), "archive.body+title")).toBe("FAILED");
    expect(verdictOf(hitsAt("archives.owner", 1), "archive")).toBe("FAILED");
  });

  it("takes no total for explained that its places do not add up to", () => {
    const report = { ...clean, hits: 4, where: [{ place: "archive.owner", hits: 2 }] };
    expect(judgeStore({ ...facts, kept, report })).toMatchObject({
      verdict: "FAILED",
      lookAgain: { hits: 2 },
    });
  });

  it("names places and counts, never what was found", () => {
    const { why } = judgeStore({ ...facts, report: hitsAt("note.text", 2) });
    expect(why).toBe("the second look found 2 trace(s): note.text (2)");
  });
});

describe("judge a store with places that are announced as not covered (D12.2)", () => {
  const report = {
    ...{ referenceColumns: 3, textColumns: 2, files: 0 },
    ...{ hits: 1, where: [{ place: "mdl_extra.userid", hits: 1 }], notCovered: [] },
  };
  const left = { what: "mdl_extra (userid)", why: "the map does not know it", places: ["mdl_extra.userid"] };
  const judge = (notCovered: readonly (typeof left)[]) =>
    judgeStore({
      ...{ store: "moodle", tables: [], report, blocked: 0, kept: [], notCovered },
      documentedDelayHours: 0,
      endedAt: instant("2026-11-23T08:00:00.000Z"),
    });

  it("says UNKNOWN of a trace where one was announced, and still counts it", () => {
    expect(judge([left])).toMatchObject({ verdict: "UNKNOWN", lookAgain: { hits: 1 } });
  });

  it("says FAILED of a trace anywhere else", () => {
    expect(judge([{ ...left, places: ["mdl_extra.note"] }]).verdict).toBe("FAILED");
    expect(judge([]).verdict).toBe("FAILED");
  });
});
