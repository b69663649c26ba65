/**
 * Persons, and messages in which they are named in disguise: the material on which the wall is tried. All of it is invented and
 * comes from one source of chance, `seededChance(seed)` of `@preau/testing`, so a seed tells a failure again. Who wrote it had not
 * read how the wall looks for people. @clause DC
 *
 * ```ts
 * const random = seededChance(7);
 * const persons = Array.from({ length: 20 }, () => walledPerson(random));
 * const { text, fileNames, carries } = messageNaming(random, persons);
 * // nothing that leaves may hold `written` of any of `carries`; persons with `mayBeKnown` are among `allows`
 * ```
 */
import type { Identifier, Origin, PersonWord } from "@preau/kernel";
import { DISGUISES, type Disguise } from "./word-disguises.ts";

/** A number in [0, 1). */
export type Random = () => number;

export const personKinds = [
  "garTeacher",
  "garPupil",
  "pupil",
  "child",
  "parent",
  "teacher",
  "administrator",
] as const;
export type FuzzPersonKind = (typeof personKinds)[number];

export interface WalledPerson {
  readonly kind: FuzzPersonKind;
  readonly origin: Origin;
  readonly role: "teacher" | "pupil" | "child" | "parent" | "administrator";
  readonly givenName: string;
  readonly familyName: string;
  /** Teachers and administrators outside the GAR: the desk may have them, everybody else not. */
  readonly mayBeKnown: boolean;
  /** As `KnownPersons.note` takes them. Pupils have an INE, people of the GAR an IDO (128 hexadecimal digits). */
  readonly words: readonly PersonWord[];
  /** ISO date; grown-ups have none. No word of `KnownPersons`: what redaction by shape must find. */
  readonly birthDate?: string;
}

/** An identifier as it stands in a message. */
export interface Carried extends Identifier {
  /** A `PersonWordKind`, or `birthDate`. A name is carried whole: given and family name, `value` in that order. */
  readonly kind: string;
  /** In clear, as the person's words have it. */
  readonly value: string;
  /** As it stands in the text or in the file's name. */
  readonly written: string;
  /** Names of the disguises, innermost first; empty where it is plain. */
  readonly disguises: readonly string[];
  readonly person: WalledPerson;
}

export interface NamingMessage {
  readonly text: string;
  /** Names of attachments; some name somebody. */
  readonly fileNames: readonly string[];
  /** What must not leave. */
  readonly carries: readonly Carried[];
  /** What may: identifiers of persons whom the desk may know, plain. */
  readonly allows: readonly Carried[];
}

const GIVEN = (
  "Maëlle|Ilyès|Côme|Anne-Sophie|Jean-Baptiste|Fatoumata|Siobhán|Zoë|Łukasz|Aïssatou|Noémie" +
  "|Théophane|Guénolé|Mei-Lin|Oluwaseun|Bérénice|Mahaut|Adem|Yorick|Élisabeth|François-Xavier|Sára" +
  "|Håkon|Kenza|Ludivine|Tiphaine|Raphaël|Inès|Nicolae|Chloé|Priyanka|Gaëtan|Eloïse|Wassila"
).split("|");
const FAMILY = (
  "Kerguelen|Ouédraogo|Le Goff|de La Villardière|Benyoucef|N'Guessan|O'Dálaigh|Przybylski" +
  "|Vuillemot-Huot|Etcheverry|Abdelkrim|Charrondière|Szczepaniak|Traoré|Hernández Paz|d'Arbaumont" +
  "|Lindqvist|Müller-Roche|Coulibaly|Quéméneur|Nguyễn|Van den Broeck|Tiberghien|Maupertuis|Ferhat" +
  "|Çelik|Saint-Priest|Hadjadj|Le Dantec|Vandenbroucke|Brisebois|Rouvière|Dieudonné|Papadopoulou" +
  "|Zaremba|Fontanel|Mercadier|Œuvrard"
).split("|");
const MAIL_HOSTS = ["courriel.example", "boite-verte.example", "college-des-ormes.test", "messagerie.test"];
const SENTENCES = [
  "Bonjour, je n'arrive plus à ouvrir le cahier depuis ce matin.",
  "La page reste blanche après la mise à jour, sur tablette comme sur ordinateur.",
  "Pouvez-vous regarder s'il vous plaît ? C'est assez urgent, le conseil de classe est vendredi.",
  "On a déjà essayé de vider le cache et de changer de navigateur.",
  "c nul ca marche pas depuis 2 jour",
  "L'exercice 12 de la page 34 compte faux alors que la réponse est la bonne.",
  "Hello, the class list has been empty since Monday and I have reports to write.",
  "The export stops at 80 % and then says that the file is too large.",
  "Could somebody look into this before the end of term, please?",
  "Merci d'avance pour votre aide, bonne journée.",
  "Version 10.2.14 ; commande 2026-0612 ; erreur 502 au bout de 30 000 ms.",
  "Le collègue de physique a le même souci dans la salle 204.",
];
const ABOUT = [
  "Il s'agit du compte de ",
  "Voir avec ",
  "La demande concerne ",
  "c pour ",
  "This is about ",
  "Please ask ",
  "Dossier suivi : ",
  "Je vous transmets ce que dit ",
  "Rappeler ",
  "Réf. élève : ",
];
const FILES = [
  "bulletin",
  "capture",
  "certificat",
  "scan",
  "Photo de classe",
  "devoir_maison",
  "attestation",
];
const ENDINGS = [".pdf", ".png", ".jpeg", " (1).docx", ".odt", ".zip"];

/** Of a list that is not empty. */
const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const chance = (random: Random, share: number) => random() < share;
const digits = (random: Random, length: number) =>
  Array.from({ length }, () => String(Math.floor(random() * 10))).join("");
const letters = (random: Random, length: number) =>
  Array.from({ length }, () => pick(random, Array.from("ABCDEFGHJKMNPRSTUVWXYZ"))).join("");
const hexadecimal = (random: Random, length: number) =>
  Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join("");
/** `Le Goff` → `legoff`, as logins and addresses have it. */
const bare = (name: string) =>
  name
    .replace(/œ/gi, "oe")
    .replace(/ł/gi, "l")
    .normalize("NFD")
    .replace(/[^A-Za-z]/g, "")
    .toLowerCase();

/** Somebody of the kind, or of any kind: five kinds in seven must not be known at the desk. Names recur. */
export function walledPerson(random: Random, kind: FuzzPersonKind = pick(random, personKinds)): WalledPerson {
  const givenName = pick(random, GIVEN);
  const familyName = pick(random, FAMILY);
  const origin = kind.startsWith("gar") ? "gar" : "outsideGar";
  const young = kind === "garPupil" || kind === "pupil" || kind === "child";
  const number = 1 + Math.floor(random() * 9_999);
  const initial = bare(givenName).slice(0, 1);
  const login = pick(random, [
    `${bare(givenName)}.${bare(familyName)}${number}`,
    `${initial}${bare(familyName)}${number}`,
    `${initial}.${bare(familyName)}.${number}`,
  ]);
  const words: PersonWord[] = [
    { kind: "givenName", value: givenName },
    { kind: "familyName", value: familyName },
    { kind: "fullName", value: `${givenName} ${familyName}` },
    { kind: "login", value: login },
  ];
  // A child has seldom an address of its own; a teacher of the GAR has one that the school knows.
  if (!young || chance(random, 0.2)) {
    const local = pick(random, [`${bare(givenName)}.${bare(familyName)}`, `${initial}${bare(familyName)}`]);
    words.push({ kind: "email", value: `${local}${number}@${pick(random, MAIL_HOSTS)}` });
  }
  // 06 39 98 xx xx: numbers that are kept for fiction.
  if (!young || chance(random, 0.2)) words.push({ kind: "telephone", value: `+3363998${digits(random, 4)}` });
  if (young) words.push({ kind: "number", value: `${digits(random, 9)}${letters(random, 2)}` });
  if (origin === "gar") words.push({ kind: "number", value: hexadecimal(random, 128) });
  return {
    kind,
    origin,
    role: kind === "garTeacher" ? "teacher" : kind === "garPupil" ? "pupil" : kind,
    givenName,
    familyName,
    mayBeKnown: kind === "teacher" || kind === "administrator",
    words,
    ...(young
      ? {
          birthDate: `${2008 + Math.floor(random() * 10)}-${twoDigits(1 + Math.floor(random() * 12))}-${twoDigits(
            1 + Math.floor(random() * 28),
          )}`,
        }
      : {}),
  };
}
const twoDigits = (value: number) => String(value).padStart(2, "0");

/** What a person can be named by: a given or a family name alone names nobody. */
function identifiersOf({ words, birthDate }: WalledPerson): Identifier[] {
  const whole = words.filter(({ kind }) => kind !== "givenName" && kind !== "familyName");
  return birthDate === undefined ? whole : [...whole, { kind: "birthDate", value: birthDate }];
}

/** The usual forms of an identifier in clear: a name in either order, glued or apart; a number with its blanks. */
function spelt(random: Random, { givenName, familyName }: WalledPerson, { kind, value }: Identifier): string {
  if (kind === "fullName") {
    const [given, family] = [bare(givenName), bare(familyName)];
    return pick(random, [
      value,
      value,
      `${givenName} ${familyName.toUpperCase()}`,
      `${familyName.toUpperCase()} ${givenName}`,
      `${familyName} ${givenName}`,
      `${familyName}, ${givenName}`,
      value.toUpperCase(),
      value.toLowerCase(),
      `${given}.${family}`,
      `${family}.${given}`,
      `${given}_${family}`,
      `${family}-${given}`,
      `${given}${family}`,
      `${givenName}\n${familyName}`,
      `${givenName}\u00a0${familyName}`,
    ]);
  }
  if (kind === "telephone") {
    const pairs = `0${value.slice(3)}`.match(/../g) ?? [];
    const [first = "", ...rest] = pairs;
    return pick(random, [
      pairs.join(" "),
      pairs.join("."),
      pairs.join("-"),
      pairs.join(""),
      value,
      `+33 ${first.slice(1)} ${rest.join(" ")}`,
      `+33 (0)${first.slice(1)} ${rest.join(" ")}`,
      `0033${value.slice(3)}`,
    ]);
  }
  if (kind === "birthDate") {
    const [year, month, day] = value.split("-");
    return pick(random, [
      value,
      `${day}/${month}/${year}`,
      `${day}.${month}.${year}`,
      `${day}-${month}-${year}`,
    ]);
  }
  if (kind === "email" || kind === "login") return chance(random, 0.2) ? value.toUpperCase() : value;
  return chance(random, 0.2) ? value.toLowerCase() : value;
}

const OUTER = DISGUISES.filter(({ outer }) => outer);

function carry(random: Random, person: WalledPerson, disguised: boolean): Carried {
  const identifiers = identifiersOf(person);
  const { kind, value } = chance(random, 0.4)
    ? (identifiers.find((one) => one.kind === "fullName") ?? pick(random, identifiers))
    : pick(random, identifiers);
  let written = spelt(random, person, { kind, value });
  const disguises: string[] = [];
  // A date is found by its shape alone, and in clear.
  if (disguised && kind !== "birthDate") {
    const fit = DISGUISES.filter(({ only }) => only === undefined || only.includes(kind));
    const layers: Disguise[] = [pick(random, fit)];
    if (layers[0]?.outer !== true && chance(random, 0.25)) layers.push(pick(random, OUTER));
    for (const layer of layers) {
      const next = layer.put(written, random);
      if (next === written) continue; // nothing in it to be disguised: no accent, no letter
      written = next;
      disguises.push(layer.name);
    }
  }
  return { kind, value, written, disguises, person };
}

/** The surroundings in which people are named in mails to a desk. */
function placed(random: Random, { written, kind, person }: Carried): string {
  const other = pick(random, SENTENCES);
  switch (Math.floor(random() * 9)) {
    case 0:
      return `--\n${written}\n${pick(random, ["Professeur principal", "Parent délégué", "Head of Year 7", "Vie scolaire"])}`;
    case 1:
      return `> Le 12 mai à 08:14, ${written} a écrit :\n> ${other}\n> ${other.toLowerCase()}`;
    case 2:
      return `De : ${written}\nObjet : panne\n\n${other}`;
    case 3:
      return `https://app.editeur.example/suivi?eleve=${written.replaceAll(/\s/g, "+")}&page=2`;
    case 4:
      return JSON.stringify({ page: "/cahier", [kind]: written, ok: false });
    case 5:
      return `nom;classe;note\n${written};6e 3;14,5`;
    case 6:
      return `<p>${pick(random, ABOUT)}<b>${written}</b></p>`;
    case 7:
      return `${pick(random, ABOUT)}${written} (${person.role}), ${other.toLowerCase()}`;
    default:
      return `${pick(random, ABOUT)}${written}. ${other}`;
  }
}

/** What `placed` wrote differently from `written`: the JSON escapes and the pluses of a URL count as layers of their own. */
function asStands(carried: Carried, piece: string): Carried {
  if (piece.includes(carried.written)) return carried;
  const json = JSON.stringify(carried.written).slice(1, -1);
  if (piece.includes(json)) return { ...carried, written: json, disguises: [...carried.disguises, "json"] };
  return {
    ...carried,
    written: carried.written.replaceAll(/\s/g, "+"),
    disguises: [...carried.disguises, "url"],
  };
}

/**
 * A message of one to four such pieces among ordinary lines, about 0.2 to 3 kB, with up to two attachments.
 *
 * @throws TypeError when there is no person
 */
export function messageNaming(random: Random, persons: readonly WalledPerson[]): NamingMessage {
  if (persons.length === 0) throw new TypeError("a message names somebody");
  const lines = [pick(random, SENTENCES)];
  const named: Carried[] = [];
  const fileNames: string[] = [];
  for (let n = 1 + Math.floor(random() * 4); n > 0; n -= 1) {
    const person = pick(random, persons);
    const carried = carry(random, person, !person.mayBeKnown && chance(random, 0.7));
    if (chance(random, 0.15) && !/[/\\\n]/.test(carried.written) && carried.written.length < 100) {
      fileNames.push(`${pick(random, FILES)}_${carried.written}${pick(random, ENDINGS)}`);
      named.push(carried);
      continue;
    }
    const piece = placed(random, carried);
    lines.push(piece);
    named.push(asStands(carried, piece));
    for (let more = Math.floor(random() * 3); more > 0; more -= 1) lines.push(pick(random, SENTENCES));
  }
  if (chance(random, 0.2)) fileNames.push(`${pick(random, FILES)}${pick(random, ENDINGS)}`);
  return {
    text: lines.join(pick(random, ["\n", "\n\n", "\r\n"])),
    fileNames,
    carries: named.filter(({ person }) => !person.mayBeKnown),
    allows: named.filter(({ person }) => person.mayBeKnown),
  };
}
