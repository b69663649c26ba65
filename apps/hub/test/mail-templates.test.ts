/**
 * Every template of every plugin as the file that would leave, kept beside this test. A text that changes fails here: read the
 * difference, then `npx vitest run apps/hub/test/mail-templates.test.ts -u` writes it anew. @clause DC, D4.1
 */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Json, type Language, type MessageTemplate } from "@preau/kernel";
import { mailerOptions, previewBytes } from "@preau/mailer";
import { describe, expect, it } from "vitest";
import { plugins } from "../src/plugins.ts";

const FOLDER = fileURLToPath(new URL("eml/", import.meta.url));
const UPDATE = "a message's text has changed; if it should, run this test with -u and commit the .eml";
const DATE = new Date("2026-11-23T08:00:00Z");
const options = mailerOptions.parse({
  ...{ from: "preau@marelle.example", returnTo: "retours@marelle.example" },
  publicUrl: "https://preau.example",
});

const languages: readonly Language[] = ["fr", "en"];
const templates: readonly MessageTemplate[] = plugins.flatMap(({ messages }) => messages);
const cases = templates.flatMap((template) => languages.map((language) => ({ template, language })));

/** Git keeps lines as LF. */
async function fileOf(template: MessageTemplate, language: Language): Promise<string> {
  const bytes = await previewBytes({ template, language, publisher: "Marelle" }, options, DATE);
  return bytes.toString("latin1").replaceAll("\r\n", "\n");
}

/** Every text of a value replaced; an address stays one. */
function planted(value: Json, canary: string): Json {
  if (typeof value === "string") return /^(\/|https?:)/.test(value) ? `${value}?${canary}` : canary;
  if (Array.isArray(value)) return value.map((each: Json) => planted(each, canary));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, planted(each, canary)]));
}

describe("the messages that the service may write (DC)", () => {
  it.each(cases)(
    "$template.name, $language: leaves as the file that is kept",
    async ({ template, language }) => {
      await expect(await fileOf(template, language), UPDATE).toMatchFileSnapshot(
        `${FOLDER}${template.name}.${language}.eml`,
      );
    },
  );

  it("have each a file, and no file is left of one that is gone", () => {
    const names = cases.map(({ template, language }) => `${template.name}.${language}.eml`);
    expect(templates.length).toBeGreaterThan(10);
    expect(readdirSync(FOLDER).sort()).toEqual([...names].sort());
  });

  it("say nothing of anybody in their subjects and headers, whatever they are about", async () => {
    const canary = "Canari-7f3a";
    let shown = 0;
    for (const { template, language } of cases) {
      const example = planted(template.example, canary) as MessageTemplate["example"];
      const eml = await fileOf({ ...template, example }, language);
      const at = eml.indexOf("\n\n");
      const [head, body] = [eml.slice(0, at), eml.slice(at)];
      expect(head, template.name).not.toMatch(/canari/i);
      // Words encoded after RFC 2047 would hide it.
      const plain = await fileOf({ ...template, example: template.example }, language);
      expect(head, template.name).toBe(plain.slice(0, plain.indexOf("\n\n")));
      if (body.includes(canary)) shown += 1;
    }
    expect(shown).toBeGreaterThan(10); // the canary really went in
  });

  it("take what their variables are declared as, and nothing else for it", () => {
    for (const { template, language } of cases)
      for (const name of Object.keys(template.example))
        for (const wrong of [undefined, null, { toString: 1 }, [["a"]]] as const) {
          const { [name]: _left, ...rest } = template.example;
          const variables = wrong === undefined ? rest : { ...rest, [name]: wrong as Json };
          let said = "";
          try {
            said = JSON.stringify(template.compose(variables, language));
          } catch {
            continue; // refused, as it should
          }
          expect(said, `${template.name} ${name}`).not.toMatch(/undefined|[[,:]null|\[object|toString/);
        }
  });
});
