import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldPath, safePath, type TakenPaths } from "../src/safe-path.ts";

const one = (...parts: readonly string[]) => safePath(parts, new Map());
const all = (names: readonly (readonly string[])[]) => {
  const taken: TakenPaths = new Map();
  return names.map((parts) => safePath(parts, taken));
};

describe("paths of a package (DD.2, S8)", () => {
  it.each([
    ["../../etc/passwd", "__.._etc_passwd"],
    ["..", "_"],
    [".", "_"],
    ["", "_"],
    ["   ", "_"],
    ["\u200D\uFE0F", "_"],
    ["/etc/passwd", "_etc_passwd"],
    ["C:\\Windows\\win.ini", "C__Windows_win.ini"],
    ["CON", "_CON"],
    ["nul", "_nul"],
    ["aux.txt", "_aux.txt"],
    ["Com1.tar.gz", "_Com1.tar.gz"],
    ["LPT³", "_LPT³"],
    ["con .txt", "_con .txt"],
    ["console.log", "console.log"],
    ["rapport. . .", "rapport"],
    [".htaccess", "_htaccess"],
    ["a\u0000b\nc\u007fd", "a b c d"],
    ["cv\u202Efdp.exe", "cvfdp.exe"],
    ["\u2066x\u2069\uFEFF", "x"],
    ['<b>"Qui ?" | *.odt', "_b__Qui __ _ _.odt"],
    ["cours de français – élève.odt", "cours de français – élève.odt"],
    ["جدول الحصص.pdf", "جدول الحصص.pdf"],
    ["期末试卷.docx", "期末试卷.docx"],
    ["नमस्ते.pdf", "नमस्ते.pdf"],
    ["می\u200Cخواهم.pdf", "می\u200Cخواهم.pdf"],
    ["👩‍🏫 atelier.png", "👩‍🏫 atelier.png"],
    ["e\u0301te\u0301.txt", "été.txt"],
    ["lone \uD800 half", "lone \uFFFD half"],
  ])("writes %j as %j", (name, path) => {
    expect(one(name)).toBe(path);
  });

  it("cuts what is longer than 255 bytes at a whole character and keeps the ending", () => {
    const path = one(`${"é".repeat(200)}.pdf`);
    expect(path).toBe(`${"é".repeat(125)}.pdf`);
    expect(Buffer.byteLength(one("文".repeat(400)))).toBe(255);
  });

  it("tells apart what differs in case, composition, width or by what nobody sees", () => {
    expect(
      all([
        ["Travail.pdf"],
        ["travail.PDF"],
        ["été.txt"],
        ["e\u0301te\u0301.txt"],
        ["ＡＢ"],
        ["ab"],
        ["a\u200Db"],
        ["Straße"],
        ["STRASSE"],
      ]),
    ).toEqual([
      "Travail.pdf",
      "travail (2).PDF",
      "été.txt",
      "été (2).txt",
      "ＡＢ",
      "ab (2)",
      "a\u200Db (3)",
      "Straße",
      "STRASSE (2)",
    ]);
  });

  it("never makes a file the folder of another, nor the other way round", () => {
    expect(all([["A"], ["a", "x.txt"], ["B", "x.txt"], ["b"], ["a", "y.txt"]])).toEqual([
      "A",
      "a (2)/x.txt",
      "B/x.txt",
      "b (2)",
      "a (3)/y.txt",
    ]);
  });

  it("numbers twenty thousand files of one name without looking at each again", () => {
    const taken: TakenPaths = new Map();
    for (let number = 0; number < 20_000; number += 1) safePath(["f", "index.html"], taken);
    expect(safePath(["f", "index.html"], taken)).toBe("f/index (20001).html");
  }, 5_000);
});

const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 400 }),
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.string({
    unit: fc.constantFrom(
      "..",
      "/",
      "\\",
      "CON",
      "nul",
      "aux",
      ".",
      " ",
      "\u202E",
      "\u0000",
      "é",
      "e\u0301",
      "É",
      "ß",
      "SS",
      ":",
      "~1",
      "文",
      "\u200D",
      "\uFE0F",
      " (2)",
      "\uD800",
      "İ",
      "ı",
      "ﬁ",
      "\u2024",
      ".txt",
    ),
    maxLength: 12,
  }),
);
const parts = fc.array(hostile, { minLength: 1, maxLength: 12 });

describe("whatever people write (DD.2, S8)", () => {
  it("is a path that Windows, macOS and Linux unpack within the folder", () => {
    fc.assert(
      fc.property(parts, (written) => {
        const path = one(...written);
        expect(Buffer.byteLength(path)).toBeLessThanOrEqual(900);
        for (const part of path.split("/")) {
          expect(part).not.toMatch(/^\.|[. ]$|^ |^$/u);
          expect(part).not.toMatch(/[<>:"\\|?*\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/u);
          expect(part.split(".")[0]?.trim()).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)$/iu);
          expect(Buffer.byteLength(part)).toBeLessThanOrEqual(255);
          expect(part.normalize("NFC")).toBe(part);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("is written the same once it is safe", () => {
    fc.assert(
      fc.property(parts, (written) => {
        const path = one(...written);
        expect(one(...path.split("/"))).toBe(path);
      }),
      { numRuns: 1_000 },
    );
  });

  it("meets nothing else of the package, file or folder", () => {
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), (names) => {
        const files = all(names).map(foldPath);
        expect(new Set(files).size).toBe(files.length);
        const folders = new Set(
          files.flatMap((path) =>
            path
              .split("/")
              .slice(1)
              .map((_, depth) =>
                path
                  .split("/")
                  .slice(0, depth + 1)
                  .join("/"),
              ),
          ),
        );
        expect(files.filter((path) => folders.has(path))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
