import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import {
  type ControllerId,
  inMemoryLookAgain,
  inMemoryPersonalDataSource,
  inMemoryStore,
  type PersonalRecord,
} from "@preau/kernel";
import { temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ACACIAS, HAMEAU, makeHouse } from "./copy-house.ts";
import { bytesOf, notebook, notebookWords, PUPIL, person, work } from "./copy-notebook.ts";
import { openCopy } from "./copy-open.ts";
import { contextOf, essay, lost, message, pupilHouse, seen, setting, shared } from "./copy-pupil.ts";

describe("a person's copy (D10.1a, GDPR art. 15)", () => {
  it("holds a page, a PDF, context, schema, every table twice, and the person's files", async () => {
    const house = await pupilHouse([person, work(1), message("Bonjour"), setting, essay, shared, lost]);
    await house.register();
    const content = house.copy(PUPIL);
    const { paths, text } = await openCopy(content);
    expect(paths).toEqual([
      "index.html",
      "copie.pdf",
      "context.json",
      "data/schema.json",
      ...["person", "work", "message", "setting"].flatMap((table) => [
        `data/notebook/${table}.json`,
        `data/notebook/${table}.csv`,
      ]),
      "files/notebook/__exposé à l’oral.txt",
    ]);
    expect(text("files/notebook/__exposé à l’oral.txt")).toBe("L’été arrive");
    expect(content.facts()).toMatchObject({
      ...{ schema: "preau.package/1", kind: "access", controller: HAMEAU, language: "fr", rows: 7, files: 1 },
      ...{ filesNotGiven: { missing: 1, namesOthers: 1 }, withheld: 4, restricted: false, leftOut: [] },
      stores: [{ store: "notebook", tables: 4, rows: 7, notCovered: [{ what: "les caches" }] }],
    });
    expect(JSON.stringify(content.facts())).not.toMatch(/Zoé|Rodolphe|perdu|sub_/u);
  });

  it("is read in plain words: a summary, choices, dates, yes and no, names of what is referred to", async () => {
    const house = await pupilHouse([person, work(1), work(3)]);
    await house.register();
    const fr = seen(await openCopy(house.copy(PUPIL)));
    expect(fr).toContain("pour le compte du responsable, Collège du Hameau : 3 lignes.");
    expect(fr).toContain("Travaux et résultats : Devoirs rendus (2)");
    for (const said of [
      "1er avril 2013",
      "Mathématiques 6e A",
      "12,5",
      "en retard",
      "oui",
      "Devoir n° 1 : l’été à la mer.",
    ])
      expect(fr).toContain(said);
    expect(fr).not.toContain("pwhash");
    const en = seen(await openCopy(house.copy(PUPIL, { language: "en" })));
    for (const said of ["Work handed in (2)", "1 April 2013", "late", "12.5", "yes", "You are pupil"])
      expect(en).toContain(said);
  });

  it("shows the newest rows of a long table, says of how many, and leads to the file that has all", async () => {
    const house = await pupilHouse([person, ...Array.from({ length: 60 }, (_, id) => work(id))]);
    const page = seen(await openCopy(house.copy(PUPIL)));
    expect(page).toContain(
      "60 lignes. Les 25 plus récentes sont ici ; toutes sont dans le fichier data/notebook/work.csv",
    );
    expect(page).toContain("Devoir n° 59 ");
    expect(page).not.toContain("Devoir n° 34 ");
    expect(page.indexOf("Devoir n° 59 ")).toBeLessThan(page.indexOf("Devoir n° 58 "));
  });

  it("lists files that are not given, with why, and no name of a file that names others", async () => {
    const house = await pupilHouse([person, shared, lost]);
    const opened = await openCopy(house.copy(PUPIL));
    expect(contextOf(opened).filesNotGiven).toEqual([
      { store: "notebook", table: "work", name: null, key: "91", why: "namesOthers" },
      { store: "notebook", table: "work", name: "perdu.txt", key: "92", why: "missing" },
    ]);
    const page = seen(opened);
    expect(page).toContain(
      "Il nomme d’autres personnes, ou n’a pas pu être lu en entier pour le savoir (RGPD, art. 15, § 4). Demandez-le à votre établissement",
    );
    expect(page).toContain("son contenu n’est plus dans le stockage");
    for (const bytes of opened.bytes.values())
      expect(Buffer.from(bytes).toString()).not.toContain("Rodolphe");
  });

  it("runs nothing, loads nothing and lets no value become markup, wherever it stands", async () => {
    const hostile = [
      "<script>alert(1)</script>",
      '"><img src=x onerror=alert(1)>',
      '<a href="javascript:alert(1)">x</a>',
      "<style>body{display:none}</style><link rel=stylesheet href=//evil.example>",
      "</style></main><iframe src=//evil.example></iframe>",
      '{"<b>":"<svg onload=alert(1)>"}',
    ];
    const ours =
      /^\/?(?:html|head|meta|title|style|body|main|h[1-4]|p|div|ul|li|dl|dt|dd|table|caption|thead|tbody|tr|th|td|span|strong|bdi|nav|a|details|summary)(?: (?:lang|charset|http-equiv|content|name|class|role|aria-label|tabindex|scope|id|data-title)="[^"<>]*"| href="#s\d+")*$/u;
    const records = hostile.flatMap((text, id): PersonalRecord[] => [
      {
        ...work(id),
        row: { id, at: 1_760_000_000, text, course: text, state: text, mark: text },
        names: { course: text },
      },
      { where: text, category: text, purpose: text, row: { [text]: text, other: [text] } },
      message(text),
      { ...work(id), file: { name: text, type: text, bytes: () => bytesOf(text) } },
    ]);
    for (const words of [notebookWords, undefined]) {
      const house = await makeHouse({ sources: [notebook({ records, words })] });
      const opened = await openCopy(house.copy(PUPIL));
      const html = opened.text("index.html");
      for (const [, tag = ""] of html.matchAll(/<(?!!doctype)([^>]*)>/gu)) expect(tag).toMatch(ours);
      expect(html).not.toMatch(/<script|<img|<iframe|<link|<svg|style=|url\(|@import|href="(?!#)/u);
      expect(html.match(/<style>/gu)).toHaveLength(1);
      expect(html).toContain("default-src &#39;none&#39;");
      for (const at of opened.paths) expect(at).not.toMatch(/[<>:"|?*\\]|\.\./u);
    }
  });

  it("neutralises formulas in tables, and keeps the exact text beside them", async () => {
    const house = await pupilHouse([
      message('=HYPERLINK("http://evil.example")'),
      message("-1"),
      message("'=1"),
    ]);
    const opened = await openCopy(house.copy(PUPIL));
    const csv = opened.text("data/notebook/message.csv");
    expect(csv).toContain('"\'=HYPERLINK(""http://evil.example"")"');
    expect(csv).toContain('"\'-1"');
    expect(csv).toContain("\"''=1\"");
    expect(csv).toMatch(/^\uFEFF"id";"sent";"body";"package\.category"/u);
    expect(opened.text("data/notebook/message.json")).toContain('"body":"-1"');
  });

  it("makes a tagged PDF of the same text, with real French letters and embedded fonts", async () => {
    const house = await pupilHouse([person, work(1), setting]);
    await house.register();
    const { bytes } = await openCopy(house.copy(PUPIL));
    const file = path.join(temporaryFolder(), "copie.pdf");
    writeFileSync(file, bytes.get("copie.pdf") ?? "");
    const run = (tool: string, ...args: readonly string[]) => execFileSync(tool, args, { encoding: "utf8" });
    const text = run("pdftotext", "-layout", file, "-").replaceAll(/[\s\u00A0\u202F]+/gu, " ");
    for (const said of [
      "Zoé-Loïse",
      "Brumeux d’Œuvre",
      "l’été à la mer",
      "Données techniques",
      "Hermine Castagné",
      "theme",
    ])
      expect(text).toContain(said);
    const info = run("pdfinfo", file);
    expect(info).toMatch(/Tagged: +yes/u);
    expect(info).toMatch(/Title: +La copie de vos données personnelles – Collège du Hameau/u);
    for (const line of run("pdffonts", file).trim().split("\n").slice(2))
      expect(line).toMatch(/ yes +yes +yes /u);
  });

  it("says in a schema what its files are, and they are so", async () => {
    const house = await pupilHouse([person, work(1), message("x"), setting, essay, shared]);
    await house.register({ runPlatform: "consent" });
    for (const kind of ["access", "portability"] as const) {
      const opened = await openCopy(house.copy(PUPIL, { kind, language: "en" }));
      const schema = z.fromJSONSchema(opened.json("data/schema.json") as never);
      const files = opened.paths.filter((at) => at.endsWith(".json") && at !== "data/schema.json");
      expect(files.length).toBeGreaterThan(4);
      for (const at of files) expect([at, schema.safeParse(opened.json(at)).error]).toEqual([at, undefined]);
      expect(schema.safeParse({ schema: "preau.copy/1" }).success).toBe(false);
    }
  });

  it("is refused where nothing is held, unless it is to say so", async () => {
    const house = await pupilHouse([person]);
    const stranger = {
      subject: "sub_other",
      identifiers: [{ kind: "notebook.person", value: "8" }],
    } as const;
    await expect(openCopy(house.copy(stranger))).rejects.toMatchObject({
      code: "EXPORT_NO_SUBJECT",
      exit: 2,
    });
    const opened = await openCopy(house.copy(stranger, { whenNothing: "say" }));
    expect(seen(opened)).toContain("Éditions Marelle ne conserve rien sur vous");
    expect(contextOf(opened).stores).toMatchObject([{ store: "notebook", rows: 0 }]);
    expect(opened.paths.filter((at) => at.startsWith("data/"))).toEqual(["data/schema.json"]);
  });

  it("fails as a whole when a store fails, and never lacks one", async () => {
    const broken = notebook({ records: [person], fails: new Error("connection lost at row 7 of Zoé") });
    const house = await makeHouse({ sources: [broken] });
    const failed = await openCopy(house.copy(PUPIL)).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: "EXPORT_STORE_FAILED", exit: 4, place: "notebook" });
    expect(String(failed)).not.toContain("Zoé");
    const torn = work(1, {
      file: {
        name: "a.txt",
        bytes: async function* () {
          yield* bytesOf("début");
          throw new Error("EIO");
        },
      },
    });
    await expect(openCopy((await pupilHouse([torn])).copy(PUPIL))).rejects.toMatchObject({
      code: "EXPORT_STORE_FAILED",
    });
  });

  it("stops when it is told to", async () => {
    const house = await pupilHouse([person]);
    const entries = house.copy(PUPIL).entries(AbortSignal.abort());
    await expect(entries[Symbol.asyncIterator]().next()).rejects.toMatchObject({ name: "AbortError" });
  });

  it("holds one controller's data alone, where a store has two with the same person", async () => {
    const store = inMemoryStore([
      { name: "person", category: "name", purpose: "runPlatform", verdict: "erase" },
    ]);
    const put = (controller: ControllerId, given: string) =>
      store.rows.get("person")?.push({ id: `${controller}-1`, controller, person: "7", fields: { given } });
    put(HAMEAU, "Zoé du Hameau");
    put(ACACIAS, "Zoé des Acacias");
    const source = inMemoryPersonalDataSource({ store, kind: "notebook.person" });
    const faces = { source, second: inMemoryLookAgain(store) };
    const foreign = notebook({ records: [message("à un autre")] });
    const describe_ = () => ({ ...foreign.source.describe(), controller: ACACIAS });
    const house = await makeHouse({
      sources: [faces, { ...foreign, source: { ...foreign.source, describe: describe_ } }],
    });
    for (const [controller, mine, theirs] of [
      [HAMEAU, "Zoé du Hameau", "Zoé des Acacias"],
      [ACACIAS, "Zoé des Acacias", "Zoé du Hameau"],
    ] as const) {
      const opened = await openCopy(house.copy(PUPIL, { controller }));
      const all = [...opened.bytes]
        .filter(([at]) => !at.endsWith(".pdf"))
        .map(([, each]) => Buffer.from(each).toString());
      expect(all.join("")).toContain(mine);
      expect(all.join("")).not.toContain(theirs);
      expect(opened.paths.some((at) => at.includes("notebook"))).toBe(controller === ACACIAS);
    }
  });

  it("is given of a restricted person too, and says that the data is restricted (GDPR art. 18)", async () => {
    const store = inMemoryStore([
      { name: "person", category: "name", purpose: "runPlatform", verdict: "erase" },
    ]);
    store.rows.get("person")?.push({ id: "1", controller: HAMEAU, person: "7", fields: { given: "Zoé" } });
    const source = inMemoryPersonalDataSource({ store, kind: "notebook.person" });
    const house = await makeHouse({
      sources: [{ source, second: inMemoryLookAgain(store) }],
    });
    const says = "Le traitement de vos données est limité (RGPD, art. 18)";
    expect(seen(await openCopy(house.copy(PUPIL)))).not.toContain(says);
    await source.restrict(HAMEAU, PUPIL);
    const content = house.copy(PUPIL);
    expect(seen(await openCopy(content))).toContain(says);
    expect(content.facts()["restricted"]).toBe(true);
  });
});
