import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Clock, instant, systemClock } from "@preau/kernel";
import { makeFolder } from "@preau/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { main } from "../src/cli.ts";
import {
  error,
  type GarSubscriptionService,
  startGarSubscriptionService,
} from "./gar-subscription-service.ts";

const ID = "3f6c1f0e-5b0a-4c3e-9d5e-0a4f2b7c9e11";
const FILE = `idAbonnement: ${ID}
idRessource: ark:/99999/plume
libelleRessource: Plume & Cie
debutValidite: 2026-09-01
anneeFinValidite: 2026-2027
uaiEtab: 0350042F
typeAffectation: INDIV
nbLicenceGlobale: ILLIMITE
publicCible: [ELEVE, ENSEIGNANT]
`;

const folder = makeFolder();
const at = (name: string) => path.join(folder.path, name);
let service: GarSubscriptionService;
beforeAll(async () => {
  service = await startGarSubscriptionService(folder.path);
});
afterAll(async () => {
  await service.stop();
  folder.remove();
});
beforeEach(() => {
  service.asked.length = 0;
  service.stored.clear();
  configure();
  writeFileSync(at("plume.yaml"), FILE);
});

function configure(changes: Readonly<Record<string, string>> = {}) {
  const options = {
    ...{ url: service.url, allocationsUrl: service.url, caFile: "server.crt" },
    ...{ certificateFile: "client.crt", keyFile: "client.key" },
    ...{ distributor: "123456782_0000000000000000", ...changes },
  };
  writeFileSync(at("preau.yaml"), JSON.stringify({ plugins: { gar: { subscriptions: options } } }));
}

interface Terminal {
  readonly language?: string;
  readonly clock?: Clock;
  readonly confirm?: (question: string) => Promise<boolean>;
}

/** One command line in this process. */
async function gar(
  args: readonly string[],
  { language = "en", clock = systemClock, confirm }: Terminal = {},
) {
  let [out, err] = ["", ""];
  const code = await main(["gar", "subscriptions", ...args], {
    environment: { LANG: `${language}_FR.UTF-8`, PREAU_DATA: at("data") },
    cwd: folder.path,
    clock,
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    ...(confirm === undefined ? {} : { confirm }),
  });
  return { code, out, err };
}

const errorIn = (err: string) => /preau: (GAR_\w+|HUB_\w+)/.exec(err)?.[1];

describe("preau gar subscriptions create, update, list", () => {
  it("shows what it would send, and sends nothing", async () => {
    const dry = await gar(["create", "plume.yaml", "--dry-run"]);
    expect([dry.code, service.asked]).toEqual([0, []]);
    expect(dry.out).toMatch(
      /^<\?xml[^]*<libelleRessource>Plume &amp; Cie<\/libelleRessource>[^]*<\/abonnement>\n$/,
    );
    expect(dry.err).toBe(`preau: PUT /${ID}  Nothing was sent: this was a dry run.\n`);
    const json = JSON.parse((await gar(["update", "plume.yaml", "--dry-run", "--json"])).out);
    expect(json).toMatchObject({
      schema: "preau.gar-subscription/1",
      id: ID,
      dryRun: true,
      request: { method: "POST", path: `/${ID}` },
    });
    expect(json.request.body).not.toContain("uaiEtab");
  });

  it("creates, updates what exists already, and lists it", async () => {
    expect(await gar(["create", "plume.yaml"])).toEqual({ code: 0, out: `created  ${ID}\n`, err: "" });
    writeFileSync(at("plume.yaml"), FILE.replace("2026-09-01", "2026-10-01"));
    const again = await gar(["create", "plume.yaml"], { language: "fr" });
    expect(again).toEqual({
      code: 0,
      out: `mis à jour  ${ID}  (il existait déjà)\n`,
      err: "preau: Son début reste 2026-09-01 : une mise à jour ne peut pas le déplacer.\n",
    });
    expect((await gar(["list", "--school", "0350042F"])).out).toBe(
      [
        "subscription                          resource     schools   from        until      for",
        `${ID}  Plume & Cie  0350042F  2026-09-01  2026-2027  ILLIMITE: ELEVE, ENSEIGNANT`,
        "",
      ].join("\n"),
    );
    expect(JSON.parse((await gar(["list", "--json"])).out)).toMatchObject({
      schema: "preau.gar-subscriptions/1",
      subscriptions: [{ idAbonnement: ID, uaiEtab: ["0350042F"] }],
    });
    expect(await gar(["list", "--id", "none"])).toEqual({
      code: 1,
      out: "",
      err: "preau: The GAR holds no such subscription.\n",
    });
    expect(service.asked.join()).not.toContain("0350042F");
  });

  it("refuses what breaks a rule before it sends anything (exit 2), with line, rule, field and remedy", async () => {
    writeFileSync(
      at("plume.yaml"),
      FILE.replace("anneeFinValidite: 2026-2027\n", "").replace("INDIV", "indiv"),
    );
    const refused = await gar(["create", "plume.yaml"], { language: "fr" });
    expect([refused.code, refused.out, errorIn(refused.err)]).toEqual([2, "", "GAR_SUBSCRIPTION_INVALID"]);
    expect(refused.err).toContain(
      "plume.yaml:6:1  RG4 typeAffectation  Le type d’affectation n’est ni INDIV ni ETABL.",
    );
    expect(refused.err).toContain("plume.yaml:1:1  RG9 finValidite  ");
    const json = JSON.parse((await gar(["create", "plume.yaml", "--json"])).out);
    expect(json).toMatchObject({
      outcome: "invalid",
      findings: [{ rule: "RG4", remedy: { fr: expect.any(String) } }, { rule: "RG9" }],
    });
    expect(service.asked).toEqual([]);
  });

  it("hands on what the service says when it refuses (exit 1)", async () => {
    service.instead = [400, error("RG2", "uaiEtab 0350042F inconnu")];
    const refused = await gar(["create", "plume.yaml"]);
    expect([refused.code, errorIn(refused.err)]).toEqual([1, "GAR_SUBSCRIPTION_REFUSED"]);
    expect(refused.err).toContain("preau: The GAR says: uaiEtab 0350042F inconnu\n");
    expect(refused.err).toContain("place: answered 400, code RG2\n");
    service.instead = [400, error("RG2", "non")];
    const json = JSON.parse((await gar(["create", "plume.yaml", "--json"])).out);
    expect(json).toMatchObject({ id: ID, outcome: "refused", status: 400, code: "RG2", message: "non" });
  });

  it("says when nobody answers, or a certificate is not believed (exit 4)", async () => {
    service.instead = [503, ""];
    const down = await gar(["list"]);
    expect([down.code, errorIn(down.err)]).toEqual([4, "GAR_SUBSCRIPTION_UNREACHABLE"]);
    configure({ caFile: "client.crt" });
    const stranger = await gar(["list"]);
    expect([stranger.code, errorIn(stranger.err)]).toEqual([4, "GAR_SUBSCRIPTION_SERVER_UNTRUSTED"]);
    expect(service.asked).toEqual(["GET /abonnements"]);
  });

  it("warns of our certificate's end thirty days before, and does not use it after", async () => {
    const inDays = (days: number): Clock => {
      const later = instant(Date.parse(systemClock.now()) + days * 86_400_000);
      return { ...systemClock, now: () => later };
    };
    expect((await gar(["list"], { clock: inDays(29) })).err).toBe(
      "preau: The GAR holds no such subscription.\n",
    );
    expect((await gar(["list"], { clock: inDays(31) })).err).toMatch(
      /^preau: Our certificate .* ends at \d{4}-/,
    );
    service.asked.length = 0;
    const late = await gar(["list"], { clock: inDays(61) });
    expect([late.code, errorIn(late.err), service.asked]).toEqual([4, "GAR_SUBSCRIPTION_KEY_UNREADABLE", []]);
  });

  it("names the setting that is missing or wrong", async () => {
    writeFileSync(at("preau.yaml"), "");
    const missing = await gar(["list"]);
    expect([missing.code, errorIn(missing.err)]).toEqual([2, "GAR_SUBSCRIPTION_NOT_CONFIGURED"]);
    expect(missing.err).toContain("place: certificateFile");
    writeFileSync(at("preau.yaml"), "plugins:\n  gar:\n    subscriptions:\n      url: http://gar.example\n");
    const wrong = await gar(["list"]);
    expect([wrong.code, errorIn(wrong.err)]).toEqual([2, "HUB_CONFIG_INVALID"]);
    expect(wrong.err).toContain("preau.yaml:4:12 plugins.gar.subscriptions.url");
  });

  const files: readonly (readonly [string, string, string])[] = [
    ["a field that is none", FILE.replace("uaiEtab", "uai"), "plume.yaml:6:1 uai"],
    ["a number where a text is", FILE.replace("2026-2027", "2026"), "plume.yaml:5:1 anneeFinValidite"],
    ["no YAML", "a: [", "plume.yaml:1:5"],
    ["a list", "- a\n", "plume.yaml:1:1"],
    ["an alias", `${FILE}commentaireAbonnement: &a x\ncodeProjetRessource: *a\n`, "plume.yaml:1:1"],
  ];
  it.each(files)("refuses a file with %s, with its line", async (_, text, place) => {
    writeFileSync(at("plume.yaml"), text);
    const refused = await gar(["create", "plume.yaml"]);
    expect([refused.code, errorIn(refused.err)]).toEqual([2, "GAR_SUBSCRIPTION_FILE_UNREADABLE"]);
    expect(refused.err).toContain(`place: ${place}\n`);
  });
});

describe("preau gar subscriptions delete", () => {
  it("asks first, showing what goes; --yes does not ask", async () => {
    await gar(["create", "plume.yaml"]);
    const unasked = await gar(["delete", ID]);
    expect([unasked.code, errorIn(unasked.err)]).toEqual([2, "GAR_SUBSCRIPTION_NOT_CONFIRMED"]);
    expect(service.asked).toEqual([`PUT /${ID}`]);
    const questions: string[] = [];
    const answer = (yes: boolean) => ({
      confirm: async (question: string) => {
        questions.push(question);
        return yes;
      },
    });
    const no = await gar(["delete", ID], answer(false));
    expect([no.code, no.out, errorIn(no.err)]).toEqual([2, "", "GAR_SUBSCRIPTION_NOT_CONFIRMED"]);
    expect(no.err).toContain("Plume & Cie  0350042F");
    expect(service.stored.size).toBe(1);
    expect(await gar(["delete", ID, "--dry-run"])).toMatchObject({ code: 0, out: `DELETE /${ID}\n` });
    expect(await gar(["delete", ID], answer(true))).toMatchObject({ code: 0, out: `deleted  ${ID}\n` });
    expect(questions).toHaveLength(2);
    expect(service.stored.size).toBe(0);
    const gone = await gar(["delete", ID, "--yes"]);
    expect([gone.code, errorIn(gone.err)]).toEqual([1, "GAR_SUBSCRIPTION_UNKNOWN"]);
    const neverThere = await gar(["delete", ID], answer(true));
    expect([neverThere.code, questions.length]).toEqual([1, 2]);
  });

  it("takes no step in the path for an identifier", async () => {
    for (const id of ["", ".", ".."]) expect((await gar(["delete", id, "--yes"])).code).toBe(2);
    expect(service.asked).toEqual([]);
  });
});

describe("preau gar subscriptions schools, and RG11", () => {
  const librarians = FILE.replace("0350042F", "0570001A").replace("[ELEVE", "[DOCUMENTALISTE, ELEVE");

  it("says in a dry run that it could not check (exit 3), fetches the list before it sends, and refuses", async () => {
    writeFileSync(at("plume.yaml"), librarians);
    const dry = await gar(["create", "plume.yaml", "--dry-run"]);
    expect(dry.code).toBe(3);
    expect(dry.err).toContain(
      "plume.yaml:6:1  RG11 uaiEtab  Whether these are primary schools was not checked",
    );
    expect([service.asked, existsSync(at("data/gar-schools.jsonl"))]).toEqual([[], false]);
    const refused = await gar(["create", "plume.yaml"]);
    expect([refused.code, service.asked]).toEqual([2, ["GET /etablissements/etablissements.xml"]]);
    expect(refused.err).toContain(
      "plume.yaml:9:1  RG11 publicCible  A primary school has no teacher-librarian",
    );
    expect((await gar(["create", "plume.yaml", "--dry-run"])).code).toBe(2);
  });

  it("keeps the list for a day, shows schools, names those that are not on it", async () => {
    const now = systemClock.now();
    expect((await gar(["schools"])).out).toMatch(/^2 schools, 1 of them primary; fetched at \S+\n$/);
    await gar(["schools"]);
    service.asked.length = 0;
    const shown = await gar(["schools", "0350042f", "0570001A", "0010001Z"]);
    expect(shown).toEqual({
      code: 1,
      out: [
        "UAI       nature       school                 place             ENT",
        "0350042F  340 Collège  Collège des Saules     01000 NULLE-PART  QTk=",
        "0570001A  151 École    École publique Saules  01000 NULLE-PART  QTk=",
        "",
      ].join("\n"),
      err: "preau: 0010001Z  not on the GAR's list\n",
    });
    const json = JSON.parse((await gar(["schools", "0350042F", "--json"])).out);
    expect(json).toMatchObject({ schools: 2, primary: 1, found: [{ uai: "0350042F" }], missing: [] });
    expect(service.asked).toEqual([]);
    const kept = readFileSync(at("data/gar-schools.jsonl"));
    service.instead = [503, ""];
    const tomorrow = { ...systemClock, now: () => instant(Date.parse(now) + 25 * 3_600_000) };
    const late = await gar(["schools"], { clock: tomorrow });
    expect([late.code, late.err]).toEqual([
      0,
      "preau: The list of schools is more than a day old: it could not be fetched again.\n",
    ]);
    expect(readFileSync(at("data/gar-schools.jsonl")).equals(kept)).toBe(true);
    await gar(["schools", "--refresh"]);
    expect(service.asked).toHaveLength(2);
  });
});

describe("preau gar subscriptions allocations", () => {
  it("counts by school for one subscription or one project, and not for both", async () => {
    const counted = await gar(["allocations", "--subscription", "a-1"]);
    expect(counted.out).toBe(
      [
        "school    subscription  project  pupils  teachers  librarians  others",
        "0350042F  a-1                    31      2         0           1",
        "",
      ].join("\n"),
    );
    expect(JSON.parse((await gar(["allocations", "--project", "P", "--json"])).out)).toMatchObject({
      schema: "preau.gar-allocations/1",
      allocations: [{ pupils: 31 }],
    });
    expect(await gar(["allocations", "--project", "empty"])).toMatchObject({ code: 1, out: "" });
    for (const args of [[], ["--project", "P", "--subscription", "a-1"]])
      expect(errorIn((await gar(["allocations", ...args])).err)).toBe("HUB_BAD_ARGUMENT");
  });
});
