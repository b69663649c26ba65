/** `preau request …`: a mail comes in, is given to its controller, passed on, and leaves no name behind on any stream. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { makeFolder } from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { preauHere } from "./preau-here.ts";

const CONTRACTS = `référence;identifiant;type;nom;UAI;produits;début;fin
C-1;college-a;établissement;Collège A;0359902Y;plume;01/09/2026;31/08/2030
`;
const MAIL = [
  "From: =?utf-8?q?Zo=C3=A9_D=27Alen=C3=A7on?= <zoe@famille.example>",
  "To: droits@editeur.example",
  "Subject: Mes droits",
  "Message-ID: <1@famille.example>",
  "Date: Mon, 02 Nov 2026 09:00:00 +0100",
  "Content-Type: text/plain; charset=utf-8",
  "",
  "Bonjour, je voudrais une copie de mes données, et leur effacement.",
  "",
].join("\r\n");
const PLACE = "school/person.first_name";

describe("preau request (D10.1a, D10.1b, D10.3b)", () => {
  const folder = makeFolder();
  const heard: string[] = [];
  const preau = async (words: readonly string[], input?: string) => {
    const answer = await preauHere(["request", ...words], {
      cwd: folder.path,
      env: { PREAU_DATA: path.join(folder.path, "data") },
      ...(input === undefined ? {} : { input }),
    });
    heard.push(answer.out, answer.err);
    return answer;
  };
  const json = async (words: readonly string[], input?: string) => {
    const { code, out } = await preau([...words, "--json"], input);
    return { code, said: (out === "" ? {} : JSON.parse(out)) as Record<string, unknown> };
  };
  beforeAll(async () => {
    writeFileSync(path.join(folder.path, "c.csv"), CONTRACTS);
    const env = { PREAU_DATA: path.join(folder.path, "data") };
    const { code } = await preauHere(["contracts", "import", "c.csv"], { cwd: folder.path, env });
    expect(code).toBe(0);
  }, 30_000);
  afterAll(() => {
    folder.remove();
  });

  it("takes a mail in once, from its delivery on, and says no to what a machine wrote", async () => {
    const one = await json(["receive", "--mail", "-"], MAIL);
    expect(one).toMatchObject({ code: 0, said: { kind: "taken", isNew: true, requests: [] } });
    writeFileSync(path.join(folder.path, "same.eml"), MAIL);
    const again = await json(["receive", "--mail", "same.eml"]);
    expect(again).toMatchObject({ code: 0, said: { inquiry: one.said["inquiry"], isNew: false } });
    const robot = MAIL.replace("Subject:", "Auto-Submitted: auto-replied\r\nSubject:").replace("<1@", "<2@");
    expect(await json(["receive", "--mail", "-"], robot)).toMatchObject({
      code: 1,
      said: { kind: "dropped" },
    });
    expect((await preau(["receive", "--mail", "nowhere.eml"])).code).toBe(4);
    expect((await preau(["receive", "--mail", "-", "--received-at", "yesterday"], MAIL)).code).toBe(2);
  });

  it("gives it to its controller, a request a right, passes it on and writes a handing over down", async () => {
    const list = await json(["list"]);
    const [waiting] = list.said["inquiries"] as readonly {
      readonly id: string;
      readonly recognised: string[];
    }[];
    expect(waiting?.recognised).toEqual(["access", "erasure"]);
    const inquiry = waiting?.id ?? "";
    const wrong = await preau(["assign", inquiry, "--controller", "nobody", "--matter", "access"]);
    expect(wrong.code).toBe(2);
    const given = await json(["assign", inquiry, "--controller", "college-a", "--matter", "access,erasure"]);
    expect(given.code).toBe(0);
    const [first = "", second] = given.said["requests"] as readonly string[];
    expect(second).toMatch(/^rqs_/);
    expect((await preau(["show", inquiry])).out).toContain(first);
    // The school has no officer: nobody to write to.
    expect((await preau(["forward", first])).code).toBe(2);
    const link = await json(["forward", first, "--link"]);
    expect(link.said["link"]).toMatch(/\/requests\/relay\/[A-Za-z0-9_-]{43}$/);
    const bad = await preau(["hand-over", first, "--reference", "zoe@famille.example"]);
    expect(bad.code).toBe(2);
    expect((await preau(["hand-over", first, "--reference", "appel 118"])).code).toBe(0);
    const shown = await json(["show", first]);
    expect(shown.said["request"]).toMatchObject({ state: "forwarded", forwardedBy: "hand" });
    const none = await preau(["execute", first, "--instruction", "ins_00000000000000000000000000"]);
    expect(none.code).toBe(2);
    expect((await preau(["list"])).out).toContain("college-a");
    expect((await preau(["list", "--view", "withController", "--controller", "college-a"])).out).toContain(
      first,
    );
  });

  it("reports inaccurate data by its place, what is wrong from the input alone", async () => {
    const words = ["report", "--controller", "college-a", "--place", PLACE];
    const { code, said } = await json(words, "Le prénom de Zoé est faux.");
    expect(code).toBe(0);
    expect(said["report"]).toMatch(/^inx_/);
    expect((await preau(words, "")).code).toBe(2);
    expect((await preau([...words, "--subject", "email:zoe@famille.example"], "x")).code).toBe(2);
  });

  it("has said nobody's name and nothing that was written, on any stream", () => {
    expect(heard.length).toBeGreaterThan(20);
    expect(heard.join("\n")).not.toMatch(/Alen|famille\.example|copie de mes|prénom/);
  });
});
