/** Accounts of the GAR at the end of a school year: whoever did not come back goes by the agreement's rules, with a receipt. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { referenceFolder } from "@preau/agreement";
import { type Receipt, verifyReceiptOrProof } from "@preau/journal";
import {
  addHours,
  addMillis,
  controllerId,
  isFault,
  type ManualClock,
  manualClock,
  silentLog,
  systemClock,
} from "@preau/kernel";
import {
  actOnPurge,
  findPurge,
  type PurgeId,
  readPurgeView,
  retentionOptions,
  runErasure,
  surveyStore,
} from "@preau/retention";
import { garSimulator, startSimulators } from "@preau/simulators";
import { freePort, makeFolder } from "@preau/testing";
import { Command } from "commander";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addGarCertificateCommand } from "../src/cli/gar-accounts-command.ts";
import { readConfig } from "../src/config.ts";
import { type Hub, openHub } from "../src/hub.ts";
import { serve } from "../src/serve.ts";
import { browserLike } from "./browser-like.ts";

const MINISTRY = controllerId("ministry");
const WHERE = { controller: MINISTRY, source: "gar" } as const;
const DAY = 86_400_000;

const YAML = `agreement: agreement
keyBackupHours: 0
controllers:
  - id: ministry
    kind: ministry
    name: Ministère de l’Instruction inventée
    legalForm: Administration centrale
    seat: 1, place du Tableau noir, 75000 Paris
    region: metropole
    contracts: [{ reference: MIN-1, products: [plume], startsOn: 2020-09-01, legalBases: { plume: { runPlatform: publicTask } } }]
`;

/** The agreement that ships, with what it lacks for pupils through the GAR: data, and a rule that ends it after the year. */
function writeAgreement(folder: string): void {
  for (const name of readdirSync(referenceFolder)) {
    const text = readFileSync(new URL(name, referenceFolder), "utf8");
    const changed = text
      .replace(/(role: pupil\n\s+categories:) \[\]/, "$1 [name, profile, classAndGroup, connectionAndUsage]")
      .replace(
        /^periods:$/m,
        "periods:\n  - { id: keepPupils, clause: D12.4, duration: days(30), binds: processor, from: schoolYearEnded }",
      )
      .replace(
        /^retention:$/m,
        "retention:\n  - { id: pupilsOfTheYear, clause: D12.4, store: live, anchor: schoolYearEnded, roles: [pupil], origins: [gar], period: keepPupils, then: erase }",
      );
    writeFileSync(path.join(folder, name), changed);
  }
}

const folder = makeFolder();
let environment: Record<string, string>;
let subjects: { readonly teacher: string; readonly pupil: string };

/** Signs two people in through the simulated GAR, today; the hub is closed again. */
beforeAll(async () => {
  const files = makeFolderIn(folder.path, "agreement");
  writeAgreement(files);
  writeFileSync(path.join(folder.path, "preau.yaml"), YAML);
  const port = await freePort();
  environment = {
    LANG: "en_GB.UTF-8",
    PREAU_DATA: path.join(folder.path, "data"),
    PREAU_REPLAY_LIST: path.join(folder.path, "replay"),
    PREAU_PORT: String(await freePort()),
    PREAU_CONFIG: path.join(folder.path, "preau.yaml"),
    PREAU_SIM_GAR_PORT: String(port),
  };
  const running = await startSimulators(environment, [garSimulator]);
  environment["PREAU_GAR_IDP_METADATA"] = `http://localhost:${port}/idp/metadata`;
  const hub = await openHub(configOf(), { clock: systemClock, log: silentLog });
  const serving = await serve(hub);
  const comesIn = async (who: string) => {
    const browser = browserLike();
    const choice = await browser.go(`${serving.url}/gar/saml/login`);
    const posting = await browser.submit(choice, "", who);
    await browser.submit(posting, "/gar/saml/acs");
    return (JSON.parse((await browser.go(`${serving.url}/session`)).html) as { subject: string }).subject;
  };
  subjects = { teacher: await comesIn("prof.caradec"), pupil: await comesIn("eleve.tilleul") };
  await serving.stop();
  await Promise.all(running.map((each) => each.stop()));
}, 60_000);
afterAll(() => folder.remove());

describe("whoever did not come back in the new school year (D5, D12.4)", () => {
  it("goes by the agreement's rules: a pupil after the year's end, a teacher after the ceiling, each with a receipt", async () => {
    const today = systemClock.now();
    const clock = manualClock(addHours(today, 24));
    expect(await proposedAt(clock)).toEqual([]);

    clock.set(addMillis(today, 425 * DAY)); // past the end of any school year, and thirty days more
    const [purge] = await proposedAt(clock);
    expect(purge).toMatchObject({ rule: "pupilsOfTheYear", persons: [subjects.pupil], clause: "D12.4" });
    const receipt = await purgeAt(clock, purge!.id);
    expect(receipt.verdict).toBe("PASS");
    expect(receipt.stores.find(({ store }) => store === "gar")).toMatchObject({
      verdict: "PASS",
      tables: expect.arrayContaining([{ table: "gar_account", erased: 1, anonymised: 0, kept: 0 }]),
    });
    expect(receipt).toMatchObject({ ground: "retention", clause: "D12.4" });
    expect(await accountsAt(clock)).toEqual([subjects.teacher]);

    const year = certificateYear(clock);
    const stranger = await preau(clock, "certificate", "--year", year, "--controller", "nobody");
    expect(stranger.code).toBe(2);
    const certificate = await preau(clock, "certificate", "--year", year, "--format", "json");
    expect(JSON.parse(certificate.out)).toMatchObject({
      verdict: "PASS",
      accounts: 1,
      destroyed: [{ product: "plume", role: "pupil", verdict: "PASS", accounts: 1 }],
      receipts: [{ id: receipt.id, verdict: "PASS" }],
      standing: [{ product: "plume", role: "teacher", accounts: 1 }],
    });
    expect(certificate.code).toBe(0);
    expect(certificate.out + certificate.err).not.toContain("sub_");
    const proof = await preau(clock, "certificate", "--year", year, "-o", "proof.txt", "--format", "proof");
    expect([proof.code, proof.out]).toEqual([0, ""]);
    const pdf = await preau(clock, "certificate", "--year", year, "-o", "gar.pdf", "--language", "fr");
    expect([pdf.code, readFileSync(path.join(folder.path, "gar.pdf")).subarray(0, 5).toString()]).toEqual([
      0,
      "%PDF-",
    ]);
    expect((await preau(clock, "certificate", "--year", "2025")).error).toBe("GAR_BAD_SCHOOL_YEAR");
    expect((await preau(clock, "certificate", "--year", year, "--format", "odt")).error).toBe(
      "HUB_BAD_ARGUMENT",
    );

    clock.set(addMillis(today, 735 * DAY));
    const [ceiling] = await proposedAt(clock);
    expect(ceiling).toMatchObject({ rule: "unusedData", persons: [subjects.teacher], clause: "D12.4" });
    expect((await purgeAt(clock, ceiling!.id)).verdict).toBe("PASS");
    expect(await accountsAt(clock)).toEqual([]);
    const proven = readFileSync(path.join(folder.path, "proof.txt"), "utf8");
    const vkey = await withHubAt(clock, ({ journal }) => Promise.resolve(journal.vkey("evidence")));
    expect(verifyReceiptOrProof(proven, { vkey }).result).toBe("TRUE");
  }, 120_000);
});

function makeFolderIn(parent: string, name: string): string {
  const at = path.join(parent, name);
  mkdirSync(at);
  return at;
}

function configOf() {
  return readConfig(environment, folder.path);
}

async function withHubAt<T>(clock: ManualClock, work: (hub: Hub) => Promise<T>): Promise<T> {
  const hub = await openHub(configOf(), { clock, log: silentLog });
  try {
    return await work(hub);
  } finally {
    await hub.close();
  }
}

/** What a survey of the connector's store proposes. */
function proposedAt(clock: ManualClock) {
  return withHubAt(clock, async ({ ports }) => {
    const { proposed } = await surveyStore(ports, retentionOptions.parse({}), WHERE);
    const found: { id: PurgeId; rule: string; clause: string; persons: readonly string[] }[] = [];
    for (const id of proposed) {
      const purge = await findPurge(ports, MINISTRY, id);
      const { persons = [] } = await readPurgeView(ports, purge, { plan: false });
      found.push({
        ...{ id, rule: purge.rule, clause: purge.clause },
        persons: persons.map((each) => each.subject),
      });
    }
    return found;
  });
}

/** The purge acts once somebody could have looked, and its erasure runs to the receipt. */
function purgeAt(clock: ManualClock, id: PurgeId) {
  return withHubAt(clock, async ({ ports, sequencer, journal }) => {
    const options = retentionOptions.parse({});
    clock.advance((options.lookHours + 24) * 3_600_000);
    const { outcome, erasure } = await actOnPurge(ports, options, { controller: MINISTRY, id });
    expect(outcome).toBe("ordered");
    const run = await runErasure(ports, { controller: MINISTRY, id: erasure! }, { sources: ports.sources });
    if (!run.closed) throw new Error("the erasure did not close");
    await sequencer.runOnce();
    const file = await ports.receipts.receiptFile(MINISTRY, run.receipt);
    expect(verifyReceiptOrProof(file!, { vkey: journal.vkey("evidence") })).toMatchObject({ result: "TRUE" });
    return JSON.parse(file!) as Receipt;
  });
}

function accountsAt(clock: ManualClock) {
  return withHubAt(clock, async ({ ports }) => {
    const page = await ports.sources.get("gar")!.lifecycle!.accounts(MINISTRY, { limit: 10 });
    return page.accounts.map(({ identifier }) => identifier.value);
  });
}

/** The school year that the clock is in: erasures of today stand on its certificate. */
function certificateYear(clock: ManualClock): string {
  const day = clock.now().slice(0, 10);
  const year = Number(day.slice(0, 4));
  return day.slice(5) <= "08-31" ? `${year - 1}-${year}` : `${year}-${year + 1}`;
}

async function preau(clock: ManualClock, ...words: readonly string[]) {
  let [code, out, err] = [-1, "", ""];
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  const context = {
    ...{ environment, cwd: folder.path, clock },
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
  };
  addGarCertificateCommand(program, context, (value) => {
    code = value;
  });
  try {
    await program.parseAsync(words, { from: "user" });
  } catch (error) {
    return { code: 2, out, err, error: isFault(error) ? error.code : String(error) };
  }
  return { code, out, err, error: undefined };
}
