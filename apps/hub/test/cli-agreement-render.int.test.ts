import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { referenceFolder } from "@preau/agreement";
import { instant, isFault, manualClock } from "@preau/kernel";
import { temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { agreementRenderCommand } from "../src/cli/agreement-render-command.ts";
import type { RawRenderOptions } from "../src/cli/render-options.ts";

const YAML = `controllers:
  - id: ecole-a
    kind: school
    name: École A
    uai: 0579901C
    officers: [{ role: dpo, name: Tancrède Ohl, email: dpo@ecole-a.example }]
    contracts: [{ reference: A-1, products: [plume], startsOn: 2026-09-01 }]
  - id: college-b
    kind: school
    name: Collège B
    uai: 0359902Y
    contracts: [{ reference: B-1, products: [jardin], startsOn: 2026-09-01 }]
`;

/** The command in a folder of its own; `terminal` where stdout takes no bytes. */
function workplace({ lang = "fr_FR.UTF-8", terminal = false, yaml = "" } = {}) {
  const cwd = temporaryFolder();
  if (yaml !== "") writeFileSync(path.join(cwd, "preau.yaml"), yaml);
  const render = async (raw: RawRenderOptions = {}, folder?: string) => {
    let [out, err] = ["", ""];
    let bytes = new Uint8Array();
    const context = {
      environment: { LANG: lang, PREAU_DATA: path.join(cwd, "data") },
      cwd,
      clock: manualClock(instant("2026-11-23T08:15:00.000Z")),
      out: (text: string) => void (out += text),
      err: (text: string) => void (err += text),
      ...(terminal ? {} : { bytes: (data: Uint8Array) => void (bytes = new Uint8Array(data)) }),
    };
    try {
      return { code: await agreementRenderCommand(context, folder, raw), out, err, bytes };
    } catch (error) {
      if (!isFault(error)) throw error;
      return {
        code: error.exit,
        out,
        err,
        bytes,
        error: error.code,
        place: error.place,
        remedy: error.remedy("en"),
      };
    }
  };
  return { cwd, render, file: (name: string) => path.join(cwd, name) };
}

describe("preau agreement render (DA)", () => {
  it("writes the annexes of the agreement in force as Markdown, in the terminal's language, and makes no data folder", async () => {
    const { render, file } = workplace();
    const { code, out, err } = await render();
    expect(code).toBe(0);
    expect(out).toMatch(/^# Annexes de l’accord de traitement des données\n\nÉditions Marelle\n/u);
    expect(out).toContain("lundi 23 novembre 2026");
    expect(err).toBe("2 points manquent ou restent inconnus\n");
    expect(existsSync(file("data"))).toBe(false);
    expect((await workplace({ lang: "C" }).render()).out).toMatch(/^# Annexes to the/u);
  });

  it("renders somebody else's folder, and says what is wrong with one that does not compile", async () => {
    const { render, file } = workplace({ lang: "C" });
    cpSync(fileURLToPath(referenceFolder), file("theirs"), { recursive: true });
    const yaml = readFileSync(file("theirs/agreement.yaml"), "utf8");
    writeFileSync(file("theirs/agreement.yaml"), yaml.replace("name: OVH", "name: Autre hébergeur"));
    expect((await render({ what: "annex-c" }, "theirs")).out).toContain("**Autre hébergeur**");
    writeFileSync(file("theirs/agreement.yaml"), yaml.replace("kind: full", "kind: fool"));
    const refused = await render({ what: "annex-d" }, "theirs");
    expect([refused.code, refused.out]).toEqual([2, ""]);
    expect(refused.err).toMatch(/agreement\.yaml:\d+:\d+ error/u);
    expect(await render({}, "nowhere")).toMatchObject({ code: 4, error: "HUB_FILE_UNREADABLE" });
  });

  it("writes a PDF to a file or a pipe, and never to a terminal", async () => {
    const piped = await workplace().render({ format: "pdf", what: "annex-a" });
    expect(Buffer.from(piped.bytes.subarray(0, 5)).toString()).toBe("%PDF-");
    expect(piped.out).toBe("");
    const { render, file } = workplace({ terminal: true });
    expect(await render({ format: "pdf" })).toMatchObject({ code: 2, error: "HUB_BINARY_TO_TERMINAL" });
    const written = await render({ out: "annexes.pdf" });
    expect([written.code, written.out]).toEqual([0, `${file("annexes.pdf")}\n`]);
    expect(readFileSync(file("annexes.pdf")).subarray(0, 5).toString()).toBe("%PDF-");
    expect(statSync(file("annexes.pdf")).mode & 0o077).toBe(0);
  });

  it("names its files in a folder, and says in JSON what it wrote", async () => {
    const { render, file } = workplace({ lang: "C" });
    mkdirSync(file("here"));
    const answer = JSON.parse((await render({ out: "here", format: "html", json: true })).out) as {
      files: { file: string; sha256: string; gaps: number }[];
    };
    expect(answer).toMatchObject({ schema: "preau.documents/1", what: "annexes", language: "en" });
    expect(answer.files).toMatchObject([{ file: file("here/annexes-editions-marelle.en.html"), gaps: 2 }]);
    const model = JSON.parse((await render({ what: "annex-d", json: true })).out) as object;
    expect(model).toMatchObject({ schema: "preau.document/1", document: { language: "en" } });
  });

  it("refuses words that it does not know, with those that it does", async () => {
    const { render } = workplace();
    for (const [raw, place] of [
      [{ what: "annex-e" }, "--what"],
      [{ format: "docx" }, "--format"],
      [{ language: "de" }, "--language"],
    ] as const) {
      expect(await render(raw)).toMatchObject({ code: 2, error: "HUB_BAD_ARGUMENT", place });
    }
    expect((await render({ what: "annex-e" })).remedy).toContain("record, extract");
    expect(await render({ out: "/proc/none/a.md" })).toMatchObject({ code: 4, error: "HUB_FILE_UNWRITABLE" });
  });
});

describe("preau agreement render --controller (D4.2)", () => {
  it("refuses a record without a controller, and one of a controller that nobody registered", async () => {
    const { render } = workplace({ yaml: YAML });
    for (const what of ["record", "extract"]) {
      const refused = await render({ what });
      expect(refused).toMatchObject({ code: 2, error: "HUB_DOCUMENT_NEEDS_CONTROLLER", out: "" });
      expect(refused.remedy).toContain("preau contracts list");
    }
    const unknown = await render({ what: "record", controller: "nobody" });
    expect(unknown).toMatchObject({ code: 2, error: "HUB_CONTROLLER_UNKNOWN", out: "" });
  });

  it("draws a controller's record, extract and annexes from its running contract", async () => {
    const { render } = workplace({ yaml: YAML });
    const record = await render({ what: "record", controller: "ecole-a" });
    expect(record.code).toBe(0);
    expect(record.out).toMatch(/^# Registre du sous-traitant/u);
    expect(record.out).toContain("**Tancrède Ohl**");
    expect(record.out).toContain("Plume");
    expect(record.out).not.toMatch(/Jardin|Collège B/u);
    const extract = await render({ what: "extract", controller: "college-b", language: "en" });
    expect(extract.out).toContain("No legal basis is stated for “Run the platform”");
    const annexes = await render({ what: "annexes", controller: "ecole-a" });
    expect(annexes.out).toContain("Éditions Marelle – École A");
  });

  it("writes one file for each controller into a folder", async () => {
    const { render, file } = workplace({ yaml: YAML });
    expect((await render({ what: "record", out: "records" })).code).toBe(0);
    expect(readdirSync(file("records")).sort()).toEqual(["record-college-b.fr.md", "record-ecole-a.fr.md"]);
    expect(readFileSync(file("records/record-college-b.fr.md"), "utf8")).toContain("Collège B");
  });
});
