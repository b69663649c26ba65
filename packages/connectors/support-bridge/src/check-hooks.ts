/** Whether the desk's hooks can be believed, and come: their secrets, their files, the last one. @clause DC */
import { statSync } from "node:fs";
import { addHours, type Instant } from "@preau/kernel";
import type { SupportBridgeOptions } from "./options.ts";
import type { SupportFinding } from "./support-finding.ts";

type HookOptions = Pick<
  SupportBridgeOptions,
  "desk" | "hookSecret" | "hookSecretFile" | "hooks" | "key" | "keyFile"
>;

export function checkHooks(
  options: HookOptions,
  {
    secrets,
    last,
    now,
  }: { readonly secrets: readonly string[]; readonly last?: Instant; readonly now: Instant },
): readonly SupportFinding[] {
  return [
    ...filesOf(options).flatMap(checkFile),
    checkSecrets(secrets.length),
    ...(options.hooks === "address" ? [unsigned] : []),
    checkLast(last, now),
  ];
}

function filesOf({
  hookSecret,
  hookSecretFile,
  key,
  keyFile,
}: HookOptions): readonly (readonly [string, string])[] {
  return [
    ...(hookSecret === undefined && hookSecretFile !== undefined
      ? [["hookSecretFile", hookSecretFile] as const]
      : []),
    ...(key === undefined && keyFile !== undefined ? [["keyFile", keyFile] as const] : []),
  ];
}

function checkFile([option, file]: readonly [string, string]): readonly SupportFinding[] {
  const check = `files.${option}`;
  try {
    const mode = statSync(file).mode & 0o777;
    const octal = `0${mode.toString(8)}`;
    const isOwn = process.platform === "win32" || (mode & 0o077) === 0;
    const evidence = { en: `${file}: mode ${octal}`, fr: `${file}\u202f: mode ${octal}` };
    if (isOwn) return [{ check, result: "PASS", evidence }];
    const remedy = {
      en: `Others may read it, so that it counts for nothing: chmod 600 ${file}`,
      fr: `D’autres peuvent le lire, il est donc ignoré\u202f: chmod 600 ${file}`,
    };
    return [{ check, result: "FAIL", evidence, remedy }];
  } catch {
    return [
      {
        ...{ check, result: "FAIL" },
        evidence: { en: `${file} cannot be read`, fr: `${file} est illisible` },
        remedy: {
          en: `Put the secret there, mode 0600, or correct plugins.support-bridge.${option}.`,
          fr: `Placez-y le secret, mode 0600, ou corrigez plugins.support-bridge.${option}.`,
        },
      },
    ];
  }
}

function checkSecrets(many: number): SupportFinding {
  const check = "hooks.secret";
  const evidence = { en: `${many} secret(s) in force`, fr: `${many} secret(s) en vigueur` };
  if (many === 1) return { check, result: "PASS", evidence };
  if (many === 0)
    return {
      ...{ check, result: "FAIL", evidence },
      remedy: {
        en: "No hook is believed: put the desk's secret, at least 24 characters, into plugins.support-bridge.hookSecretFile.",
        fr: "Aucune notification n’est crue\u202f: placez le secret du service, 24 caractères au moins, dans plugins.support-bridge.hookSecretFile.",
      },
    };
  return {
    ...{ check, result: "WARN", evidence },
    remedy: {
      en: "A rotation is under way: once the desk signs with the new secret, take the old line out of the file.",
      fr: "Une rotation est en cours\u202f: dès que le service signe avec le nouveau secret, retirez l’ancienne ligne du fichier.",
    },
  };
}

const unsigned: SupportFinding = {
  ...{ check: "hooks.signed", result: "WARN" },
  evidence: {
    en: "hooks are known by a secret in their address alone",
    fr: "les notifications ne sont reconnues que par un secret dans leur adresse",
  },
  remedy: {
    en: "Use hooks that are signed (of a Crisp plugin): plugins.support-bridge.hooks: signed",
    fr: "Utilisez des notifications signées (d’un plugin Crisp)\u202f: plugins.support-bridge.hooks: signed",
  },
};

function checkLast(last: Instant | undefined, now: Instant): SupportFinding {
  const check = "hooks.seen";
  if (last !== undefined && last > addHours(now, -24))
    return { check, result: "PASS", evidence: { en: `the last at ${last}`, fr: `la dernière à ${last}` } };
  return {
    ...{ check, result: "UNKNOWN" },
    evidence:
      last === undefined
        ? { en: "none has come", fr: "aucune n’est arrivée" }
        : { en: `none for a day, the last at ${last}`, fr: `aucune depuis un jour, la dernière à ${last}` },
    remedy: {
      en: "Write a message at the desk, and look again; then check the hook's address there: /support/hooks/<desk>",
      fr: "Écrivez un message au service, puis regardez à nouveau\u202f; sinon vérifiez-y l’adresse\u202f: /support/hooks/<service>",
    },
  };
}
