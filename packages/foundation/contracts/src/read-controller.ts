/** A controller as somebody wrote it: in a form, a file or the configuration. @clause D4.3 */
import { parseEmail, parseSiret, parseTelephone, parseUai } from "@preau/identifiers";
import { type ControllerId, controllerId } from "@preau/kernel";
import {
  type ControllerKind,
  type ControllerValues,
  type OfficerRole,
  type OfficerValues,
} from "./controller.ts";
import type { Issue } from "./issue.ts";
import { PUBLISHER } from "./publisher.ts";
import { readPlace } from "./read-place.ts";
import { makeReader, type Reader, spellingsOf, type Written } from "./read-text.ts";

/** Either what it says, or everything that is wrong with it. */
export type Read<T> =
  | { readonly values: T; readonly issues?: never }
  | { readonly issues: readonly Issue[]; readonly values?: never };

const kindSpellings = spellingsOf<ControllerKind>({
  school: ["école", "établissement", "établissement scolaire", "collège", "lycée"],
  schoolGroup: ["groupe", "groupe scolaire", "groupe d’établissements", "school group", "group"],
  ministry: ["ministère"],
});
const roleSpellings = spellingsOf<OfficerRole>({
  representative: ["représentant", "représentant légal", "legal representative"],
  dpo: ["délégué", "délégué à la protection des données", "data protection officer"],
  contact: ["interlocuteur", "point de contact"],
});

/** The identifier, from field `controller`; that of the school (its UAI) where none is written. */
export function readControllerId(reader: Reader): ControllerId | undefined {
  const written = reader.checked("controller", asControllerId, {
    en: "Use 1 to 64 letters, digits, dots, hyphens or underscores; `publisher` is the publisher’s own.",
    fr: "Utilisez de 1 à 64 lettres, chiffres, points, tirets ou soulignés ; `publisher` est réservé à l’éditeur.",
  });
  if (written !== undefined || reader.hasIssue("controller")) return written;
  const uai = parseUai(reader.text("uai", 20) ?? "");
  if (uai !== undefined) return controllerId(uai.toLowerCase());
  reader.refuse({ code: "CONTRACT_VALUE_MISSING", field: "controller" });
  return undefined;
}

function asControllerId(text: string): ControllerId | undefined {
  try {
    const id = controllerId(text);
    return id === PUBLISHER ? undefined : id;
  } catch {
    return undefined; // the kernel says only that it is none
  }
}

export function readController(reader: Reader): ControllerValues | undefined {
  const kind = reader.word("kind", kindSpellings, {
    en: "Say school, schoolGroup or ministry.",
    fr: "Écrivez établissement, groupe ou ministère.",
  });
  if (kind === undefined && !reader.hasIssue("kind")) {
    reader.refuse({ code: "CONTRACT_VALUE_MISSING", field: "kind" });
  }
  const name = reader.required("name", 200);
  const legalForm = reader.text("legalForm", 100);
  const seat = reader.text("seat", 300);
  const siret = reader.checked("siret", parseSiret, {
    en: "A SIRET has 14 digits that check each other; copy it from the official directory.",
    fr: "Un SIRET a 14 chiffres qui se contrôlent entre eux ; recopiez-le de l’annuaire officiel.",
  });
  const uai = reader.checked("uai", parseUai, {
    en: "A UAI has seven digits and a letter that checks them, as 0350001A would.",
    fr: "Un UAI a sept chiffres et une lettre qui les contrôle.",
  });
  const place = readPlace(reader, uai);
  if (kind === undefined || name === undefined || place === undefined) return undefined;
  return {
    kind,
    name,
    ...(legalForm === undefined ? {} : { legalForm }),
    ...(seat === undefined ? {} : { seat }),
    ...(siret === undefined ? {} : { siret }),
    ...(uai === undefined ? {} : { uai }),
    place,
  };
}

/** Fields of a form; the identifier is asked only where one is made. */
export function readControllerValues(written: Written): Read<ControllerValues> {
  const reader = makeReader(written);
  return settled(reader, readController(reader));
}

/** A person who acts for the controller: `role`, `name`, `capacity`, `email`, `telephone`, `address`. @clause D4.3 */
export function readOfficerValues(written: Written): Read<OfficerValues> {
  const reader = makeReader(written);
  return settled(reader, readOfficer(reader));
}

function readOfficer(reader: Reader): OfficerValues | undefined {
  const role = reader.word("role", roleSpellings, {
    en: "Say representative, dpo or contact.",
    fr: "Écrivez représentant, délégué ou interlocuteur.",
  });
  if (role === undefined && !reader.hasIssue("role")) {
    reader.refuse({ code: "CONTRACT_VALUE_MISSING", field: "role" });
  }
  const name = reader.required("name", 200);
  const capacity = reader.text("capacity", 200);
  const email = reader.checked("email", parseEmail, {
    en: "Write one e-mail address.",
    fr: "Écrivez une seule adresse électronique.",
  });
  const telephone = reader.checked(
    "telephone",
    (text) => (parseTelephone(text) ? text : undefined),
    {
      en: "Write a telephone number, as 02 99 00 00 00 or +33 2 99 00 00 00.",
      fr: "Écrivez un numéro de téléphone, 02 99 00 00 00 ou +33 2 99 00 00 00.",
    },
    40,
  );
  const address = reader.text("address", 300);
  if (role === undefined || name === undefined) return undefined;
  return {
    role,
    name,
    ...(capacity === undefined ? {} : { capacity }),
    ...(email === undefined ? {} : { email }),
    ...(telephone === undefined ? {} : { telephone }),
    ...(address === undefined ? {} : { address }),
  };
}

export function settled<T>(reader: Reader, values: T | undefined): Read<T> {
  return values === undefined || reader.issues.length > 0 ? { issues: reader.issues } : { values };
}
