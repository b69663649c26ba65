/**
 * The contradictions and gaps that were found in real agreements, put back into the reference agreement one by one. What is
 * left of the check must name each: the lint, or the chain, and its clause.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { checkAgreementFolder, referenceFolder } from "../src/index.ts";

const files = new Map(
  readdirSync(referenceFolder).map((name) => [name, readFileSync(new URL(name, referenceFolder), "utf8")]),
);

type Entry = Record<string, unknown>;
type Rules = Record<string, unknown> &
  Record<"retention" | "periods" | "annexC" | "annexB" | "recipients", Entry[]>;

/** What the check says, beyond what it says of the reference, once rules or French words have been changed. */
function after(change: (rules: Rules) => void, words: Readonly<Record<string, string>> = {}): string[] {
  const rules = parse(files.get("agreement.yaml")!) as Rules;
  change(rules);
  let text = files.get("text.fr.md")!;
  for (const [from, to] of Object.entries(words)) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  const changed = new Map([...files, ["agreement.yaml", stringify(rules)], ["text.fr.md", text]]);
  const said = (folder: ReadonlyMap<string, string>) =>
    checkAgreementFolder(folder)
      .diagnostics.filter(({ code }) => !/^(?:FIGURE|TEXTS)_/.test(code)) // figures of the text are the coverage's
      .map(({ code, clause }) => `${code} ${clause ?? ""}`.trim());
  const known = said(files);
  return [...new Set(said(changed))].filter((each) => !known.includes(each));
}
const entry = (entries: Entry[], id: string) =>
  entries.find((each) => each["id"] === id || each["recipient"] === id || each["clause"] === id)!;
const without = (rules: Rules, ...sections: string[]) => {
  for (const section of sections) Reflect.deleteProperty(rules, section);
};
const keepWords = () => undefined;

describe("contradictions known from real agreements", () => {
  it.each<
    [contradiction: string, found: string[], change: (rules: Rules) => void, words?: Record<string, string>]
  >([
    [
      "an agreement that ends with the contract, and data kept two years after it",
      ["HELD_AFTER_AGREEMENT D12.4"],
      (rules) => {
        rules["term"] = {
          clause: "D3",
          endsWith: "contract",
          survives: ["D7", "D12.2", "D12.3", "DD.1", "DD.8"],
        };
      },
    ],
    [
      "the client's own periods beside a ceiling, precedence unsaid",
      ["CEILING_PRECEDENCE_UNSTATED D12.4"],
      (rules) => without(rules, "controllerPeriods"),
    ],
    [
      "two years from nobody knows when",
      ["PERIOD_WITHOUT_ANCHOR D12.4"],
      (rules) => without(entry(rules.retention, "unusedData") as Rules, "anchor"),
    ],
    [
      "erasure in 24 hours over a mailer that takes 48",
      ["IMPOSSIBLE_DEADLINE D12.2"],
      (rules) => {
        without(entry(rules.periods, "eraseAccount") as Rules, "exceptions");
        rules.periods = rules.periods.filter((each) => each["id"] !== "eraseMailerLog");
      },
    ],
    [
      "data gone in a day, and logs that name the person for eighteen months",
      ["NAMED_IN_LOGS_AFTER_ERASURE DD.8"],
      (rules) => {
        for (const rule of rules.retention) without(rule as Rules, "identity");
      },
    ],
    [
      "a nature without sharing, transfer, archiving, anonymising, exporting",
      ["NATURE_LACKS_PURPOSE_NEEDS DB.n"],
      (rules) => {
        const operations = ["collect", "record", "keep", "consult", "change", "erase"];
        rules["nature"] = { clause: "DB.n", operations };
      },
    ],
    [
      "persons concerned without teachers and administrators",
      ["PERSONS_OMITTED DB.D.p"],
      (rules) => {
        entry(rules["products"] as Entry[], "jardin")["persons"] = ["child", "parent"];
      },
    ],
    [
      "GAR for teachers alone, with no identifier",
      [
        "GAR_IDENTIFIER_UNLISTED DB.K.gar-teacher",
        "GAR_PUPIL_UNDEFINED DB.K.p",
        "ACCEPTANCE_WITHOUT_EFFECT DB.K.gar-pupil",
      ],
      (rules) => {
        rules.annexB = rules.annexB.filter((row) => row["clause"] !== "DB.K.gar-pupil");
        entry(rules.annexB, "DB.K.gar-teacher")["categories"] = ["name", "profile", "classAndGroup"];
      },
    ],
    [
      "support for GAR teachers, at a desk outside GAR only",
      ["SUPPORT_CLOSED_TO_GAR DB.K.gar-teacher"],
      (rules) => {
        rules.recipients = rules.recipients.filter((each) => each["id"] !== "supportTeam");
      },
    ],
    [
      "reasonable notice",
      ["VAGUE_FIGURE D8.2", "NOTICE_WITHOUT_FIGURE D8.3"],
      (rules) => {
        without(rules["subprocessorChange"] as Rules, "notice");
        rules.periods = rules.periods.filter((each) => each["id"] !== "announceSubprocessor");
      },
      {
        "et assez tôt pour que les\n7 jours ouvrés qui lui sont laissés pour s’opposer, comptés depuis la réception de l’annonce, soient écoulés avant qu’il\nne prenne effet":
          "avec un préavis raisonnable",
      },
    ],
    [
      "a subprocessor that may start before the window closes",
      ["STARTS_BEFORE_OBJECTION D8.3"],
      (rules) => {
        (rules["subprocessorChange"] as Entry)["starts"] = "atOnce";
      },
    ],
    [
      "anonymised data, for anybody",
      ["ANONYMISED_REUSE_UNBOUNDED D13.1"],
      (rules) => without(rules["anonymisation"] as Rules, "thirdParties"),
    ],
    [
      "no safeguard of the standard clauses at all",
      [
        ...["BREACH_CONTACT_POINT_MISSING", "DELETION_CERTIFICATE_MISSING", "FOR_CAUSE_AUDIT_MISSING"],
        ...["PRIOR_CONSULTATION_MISSING", "SENSITIVE_DATA_UNSTATED", "SUBPROCESSOR_CONTRACT_COPY_MISSING"],
        ...["SUBPROCESSOR_FAILURE_NOTICE_MISSING", "SUSPENSION_MISSING", "THIRD_PARTY_BENEFICIARY_MISSING"],
      ],
      (rules) => without(rules, "safeguards"),
    ],
    [
      "sessions that lock on activity, and openings that are logged",
      ["LOCK_ON_ACTIVITY DD.12", "ADDITIONS_MISWRITTEN DD.7"],
      keepWords,
      {
        "se verrouillent d’elles-mêmes": "se verrouillent en cas d’activité",
        "Ajouts, modif": "Ajours, modif",
      },
    ],
    [
      "backups with the logs and the keys in them, and differential ones that outlive their base",
      ["BACKUPS_HOLD_LOGS_OR_KEYS DD.1", "BASE_GONE_BEFORE_DEPENDANTS DD.1"],
      (rules) => {
        (rules["backups"] as Entry)["hold"] = ["live", "activityLog", "keyStore"];
        entry(rules.periods, "keepMonthlyBackups")["duration"] = "months(1)";
      },
    ],
    [
      "72 hours from awareness, nobody's",
      ["AWARENESS_WHOSE D10.2c"],
      (rules) => without(entry(rules.periods, "notifyAuthority") as Rules, "from"),
    ],
    [
      "passwords said to be encrypted",
      ["PASSWORDS_NOT_HASHED DD.4"],
      keepWords,
      { "ne sont conservés que hachés": "les mots de passe des clients sont chiffrés" },
    ],
    [
      "a guard time that may be chosen, and is not",
      ["GUARD_TIME_NOT_CHOSEN D6.2c"],
      (rules) => {
        rules["choices"] = [
          {
            id: "guard",
            clause: "D6.2c",
            from: "contractEnded",
            mandatory: false,
            fr: "Temps de garde",
            en: "Guard time",
          },
        ];
      },
    ],
  ])("finds %s", (_, found, change, words) => {
    expect(after(change, words).toSorted()).toEqual(found.toSorted());
  });
});
