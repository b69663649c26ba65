import { describe, expect, it } from "vitest";
import { type Diagnostic, lintAgreement, lintCodes } from "../src/index.ts";
import { lintWithAccepted } from "../src/lint-agreement.ts";
import { lints } from "../src/lints.ts";
import { locateAgreementFolder } from "../src/read-agreement-folder.ts";
import { casesOfRetention } from "./lint-cases-of-retention.ts";
import { casesOfScope } from "./lint-cases-of-scope.ts";
import { casesOfTime } from "./lint-cases-of-time.ts";
import {
  type Draft,
  erase,
  forward,
  minimalFolder,
  notice,
  prove,
  safeguardsBut,
  window,
} from "./minimal-agreement.ts";

const lintCases = [...casesOfTime, ...casesOfRetention, ...casesOfScope];

function lint(draft: Draft): readonly Diagnostic[] {
  const { agreement, source } = locateAgreementFolder(minimalFolder(draft));
  return lintAgreement(agreement, source);
}
const codes = (draft: Draft) => lint(draft).map(({ code }) => code);

describe("lints of an agreement", () => {
  it("find nothing in the minimal agreement, nor in the minimal policy", () => {
    expect(lint({})).toEqual([]);
    expect(lint({ rules: { kind: "policy" } })).toEqual([]);
  });

  it.each(lintCases)("$code: $defect", ({ code, broken, fixed }) => {
    expect([...new Set(codes(broken))]).toEqual([code]);
    expect(codes(fixed)).toEqual([]);
  });

  it.each([...lintCodes])("%s has an agreement that triggers it", (code) => {
    expect(lintCases.map((each) => each.code)).toContain(code);
  });

  it("say severity, place, sentence and remedy, in both languages", () => {
    for (const { code, broken } of lintCases) {
      const files = minimalFolder(broken);
      for (const { severity, file, line, column, says, remedy } of lint(broken)) {
        expect(severity).toBe(lints[code].severity);
        const lines = files.get(file)!.split("\n");
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeLessThanOrEqual(lines[line - 1]!.length + 1);
        expect([says, remedy].every(({ fr, en }) => fr !== en && fr.length > 10 && en.length > 10)).toBe(
          true,
        );
        expect(says.fr + remedy.fr).not.toContain("'");
      }
    }
  });

  it.each([
    ["fr", "Un préavis raisonnable."],
    ["fr", "Des mises à jour régulières."],
    ["fr", "Un échantillon de grande\ntaille."],
    ["fr", "Gardées un certain temps."],
    ["fr", "Conservées pendant la durée strictement nécessaire."],
    ["fr", "Dans un délai approprié, sans retard injustifié."],
    ["fr", "À bref délai."],
    ["fr", "Dans les **meilleurs** délais."],
    ["en", "With reasonable notice."],
    ["en", "Kept as long as is necessary."],
    ["en", "As soon as\n  practicable."],
    ["en", "Access is reviewed Regularly."],
  ] as const)("take for vague, in %s: %s", (language, text) => {
    expect(new Set(codes({ [language]: { D13: text } }))).toEqual(new Set(["VAGUE_FIGURE"]));
  });

  it.each([
    ["fr", "Dans les 24 heures, par un arrangement déraisonnable et irrégulier."],
    ["fr", "Les volumes et les tailles des fichiers."],
    ["fr", "Les sessions se verrouillent en cas d’inactivité ; les journaux d’activité sont gardés."],
    ["fr", "Le mot de passe est haché. Le transport est chiffré."],
    ["fr", "Il porte la violation à la connaissance du client."],
    ["en", "The measures needed are listed; sessions lock on inactivity."],
    ["en", "Passwords are hashed, transport is encrypted."],
    ["fr", "Clair. <!-- À revoir : un délai raisonnable ? -->"],
    ["fr", "- Verrouillage des sessions\n- Alarme en cas d’activité la nuit"],
  ] as const)("take for clear, in %s: %s", (language, text) => {
    const periods = {
      rules: { periods: [forward, notice, window, prove, erase, { ...forward, id: "f", clause: "DD" }] },
    };
    expect(codes({ ...periods, [language]: { D13: text } })).toEqual([]);
  });

  it.each([
    ["fr", "DD", "La session se verrouille après 10 minutes d’activité.", "LOCK_ON_ACTIVITY"],
    ["en", "DD", "Sessions lock after 10 minutes of activity.", "LOCK_ON_ACTIVITY"],
    ["fr", "DD", "Chiffrement des mots de passe.", "PASSWORDS_NOT_HASHED"],
    ["en", "DD", "Encryption of the passwords.", "PASSWORDS_NOT_HASHED"],
  ] as const)("read in %s, %s: %s", (language, clause, text, code) => {
    expect(codes({ [language]: { [clause]: text } })).toEqual([code]);
  });

  it("point at the words of the text, at the line where they start", () => {
    const draft = { fr: { D13: "Une ligne.\nIl prévient dans les meilleurs\n  délais." } };
    const [found] = lint(draft);
    const line = minimalFolder(draft).get("text.fr.md")!.split("\n")[found!.line - 1]!;
    expect(found).toMatchObject({ file: "text.fr.md", clause: "D13" });
    expect(line.slice(found!.column - 1)).toBe("meilleurs");
  });

  it("point at the rule of agreement.yaml", () => {
    const draft = {
      rules: { subprocessorChange: { clause: "D8", starts: "atOnce", notice: "notice", window: "window" } },
    };
    const [found] = lint(draft);
    const line = minimalFolder(draft).get("agreement.yaml")!.split("\n")[found!.line - 1]!;
    expect(line.slice(found!.column - 1)).toBe("atOnce");
  });
});

describe("words accepted by the parties", () => {
  const vague = { fr: { D13: "Dans les meilleurs délais." }, en: { D13: "Without undue delay." } };
  const why = { fr: "Les mots mêmes de la loi.", en: "The law's own words." };
  const accept = (entry: object) => ({ rules: { accepted: [{ why, ...entry }] }, ...vague });
  const run = (draft: Draft) => {
    const { agreement, source } = locateAgreementFolder(minimalFolder(draft));
    const { diagnostics, accepted } = lintWithAccepted(agreement, source);
    return { left: diagnostics.map(({ code }) => code), accepted };
  };

  it.each([
    ["for their clause", { lint: "VAGUE_FIGURE", clause: "D13" }],
    ["everywhere", { lint: "VAGUE_FIGURE" }],
  ])("are no longer warned of %s, and are listed with the reason", (_, entry) => {
    const { left, accepted } = run(accept(entry));
    expect(left).toEqual([]);
    expect(accepted.map(({ diagnostic, why: because }) => [diagnostic.code, because])).toEqual([
      ["VAGUE_FIGURE", why],
      ["VAGUE_FIGURE", why],
    ]);
  });

  it("may name a clause where the lint names none", () => {
    const without = {
      rules: {
        safeguards: safeguardsBut("suspension"),
        accepted: [{ why, lint: "SUSPENSION_MISSING", clause: "D10" }],
      },
    };
    expect(run(without)).toMatchObject({
      left: [],
      accepted: [{ diagnostic: { code: "SUSPENSION_MISSING" } }],
    });
  });

  it("are still warned of under another clause, and the acceptance is said to do nothing", () => {
    expect(run(accept({ lint: "VAGUE_FIGURE", clause: "D12" })).left).toEqual([
      "ACCEPTANCE_WITHOUT_EFFECT",
      "VAGUE_FIGURE",
      "VAGUE_FIGURE",
    ]);
  });

  it.each([
    ["what cannot hold", "IMPOSSIBLE_DEADLINE", "hours(48)"],
    ["what is not known", "UNKNOWN_DELAY", "unknown"],
  ])("never cover %s", (_, code, deletionDelay) => {
    const { broken } = lintCases.find((each) => each.code === code)!;
    const annexC = (broken.rules?.["annexC"] as readonly object[]).map((each) => ({
      ...each,
      deletionDelay,
    }));
    expect(run({ rules: { annexC, accepted: [{ lint: code, why }] } }).left.toSorted()).toEqual(
      ["ACCEPTANCE_WITHOUT_EFFECT", code].toSorted(),
    );
  });
});
