import type { MessagePart, MessageTemplate } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMailAddress } from "../src/mail-address.ts";
import { renderMessage } from "../src/render-message.ts";
import { messageIdOf, messageNamedIn, returnPath } from "../src/return-path.ts";

function render(parts: readonly MessagePart[], change: Partial<MessageTemplate> = {}) {
  const template: MessageTemplate = {
    ...{ name: "desk.relay", clause: "D10.1b", example: {} },
    subject: { fr: "Une demande vous est transmise", en: "A request is passed on to you" },
    compose: () => parts,
    ...change,
  };
  return renderMessage({
    ...{ template, variables: {}, language: "fr", publisher: "Éditions Marelle" },
    publicUrl: "https://preau.example",
  });
}

describe("a message in words (DC)", () => {
  it("stands as text of 76 columns, its links whole and alone on their line", () => {
    const link = `/links/${"a".repeat(120)}`;
    const { text } = render([
      "Une personne concernée a écrit à l’éditeur, qui ne lui répond pas\u202f: sa demande vous revient, et vous l’ouvrez par ce lien.",
      { link, label: "Ouvrir la demande" },
      { facts: [["Reçue le", "27 novembre 2026 à 9\u00a0h\u00a012"]] },
    ]);
    expect(text).toMatchInlineSnapshot(`
      "Une demande vous est transmise

      Une personne concernée a écrit à l’éditeur, qui ne lui répond pas : sa
      demande vous revient, et vous l’ouvrez par ce lien.

      Ouvrir la demande :
      https://preau.example/links/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa

      Reçue le : 27 novembre 2026 à 9 h 12

      -- 
      Éditions Marelle vous écrit au titre de la clause D10.1b de l’accord de
      traitement des données.
      Ce message est envoyé automatiquement.
      "
    `);
    const lines = text.split("\n");
    expect(lines.filter((line) => line.includes("https://"))).toEqual([`https://preau.example${link}`]);
    for (const line of lines) expect(line.startsWith("https://") || Array.from(line).length <= 76).toBe(true);
  });

  it("names the publisher and the clause under which it is sent", () => {
    const { text, html } = render(["Bonjour."]);
    for (const whole of [text.replaceAll("\n", " "), html])
      expect(whole).toMatch(/Éditions Marelle vous écrit au titre de la clause D10\.1b/);
  });

  it("fetches nothing and runs nothing, whatever is written", () => {
    const word = fc.constantFrom(
      '<script src="https://x.test">',
      "<img src=x onerror=alert(1)>",
      `" onclick="x`,
      "' style='x",
      "url(https://x.test/a.png)",
      "&lt;b&gt;",
      "texte",
    );
    const part = fc.oneof(
      word,
      fc.record({ link: fc.constant("/desk/x"), label: word }),
      fc.record({ facts: fc.array(fc.tuple(word, word), { maxLength: 3 }) }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const { html } = render(parts);
        const tags = [...html.matchAll(/<\/?([a-z0-9!]+)/gi)].map(([, name]) => name?.toLowerCase());
        const known = "!doctype html head meta title body table tr td th p h1 a br".split(" ");
        expect(tags.filter((name) => !known.includes(name ?? ""))).toEqual([]);
        const attributes = [...html.matchAll(/<[a-z0-9]+((?:\s[a-z-]+="[^"]*")*)\s*>/gi)].flatMap(
          ([, all = ""]) => [...all.matchAll(/\s([a-z-]+)=/gi)].map(([, name]) => name?.toLowerCase()),
        );
        expect(attributes.filter((name) => name?.startsWith("on") || name === "src")).toEqual([]);
      }),
    );
  });

  it.each([
    "javascript:alert(1)",
    "//x.test",
    "/\\x.test",
    "data:text/html,x",
    "https://x.test/ a",
    "mailto:a@x.test",
    'https://x.test/"',
  ])("leads nowhere by %j", (link) => {
    expect(() => render([{ link, label: "x" }])).toThrow(expect.objectContaining({ code: "MAIL_BAD" }));
  });
});

describe("an address of a message", () => {
  it("is never more than one mailbox, nor more than one line", () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('ab@.,;:<>"\\\r\n\t é()[]+-_\u202e')) });
    fc.assert(
      fc.property(text, text, (name, address) => {
        const read = readMailAddress({ name, address });
        if (read === undefined) return;
        expect(read.address).toMatch(/^[^\s@,;:<>"()[\]\\]+@[A-Za-z0-9.-]+$/);
        expect(read.name).not.toMatch(/[\r\n<>\p{C}]/u);
      }),
    );
  });
});

describe("the id of a message in an address", () => {
  const id = "msg_01kat2v6m0x3w8r5n9c4f7h1q2" as const;

  it("is found again in the return path and in the Message-ID, in whatever case", () => {
    expect(messageNamedIn(returnPath("retours@marelle.example", id))).toBe(id);
    expect(messageNamedIn(messageIdOf("preau@marelle.example", id))).toBe(id);
    expect(messageNamedIn(returnPath("RETOURS@MARELLE.EXAMPLE", id).toUpperCase())).toBe(id);
  });

  it("is not taken out of something longer", () => {
    expect(messageNamedIn(`x${id}@x.test`)).toBeUndefined();
    expect(messageNamedIn(`${id}9@x.test`)).toBeUndefined();
  });
});
