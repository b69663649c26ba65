/**
 * The GAR's list of schools, read as it arrives: some sixty thousand of them, tens of megabytes, of which one school at a
 * time is in memory.
 *
 *   listEtablissement = etablissement*
 *   etablissement     = uai nature_uai nature_uai_libe type_uai type_uai_libe commune commune_libe academie academie_libe
 *                       departement_insee_3 departement_insee_3_libe appellation_officielle patronyme_uai
 *                       code_postal_uai localite_acheminement_uai idENT      (each at most once, in any order)
 */
import { SaxesParser } from "saxes";
import { fault } from "../errors.ts";

const NAMESPACE = "http://www.atosworldline.com/listEtablissement/v1.0/";

export interface School {
  /** `uai`. */
  readonly uai: string;
  /** `nature_uai`: 151 primary school, 340 collège, 300 and 302 lycées, 320 vocational lycée. */
  readonly nature: string;
  /** `nature_uai_libe`. */
  readonly natureLabel: string;
  /** `appellation_officielle`. */
  readonly name: string;
  /** `patronyme_uai`. */
  readonly patronym: string;
  /** `code_postal_uai`, five digits: feeds that pass through a spreadsheet lose the first zero. */
  readonly postalCode: string;
  /** `localite_acheminement_uai`. */
  readonly city: string;
  /** `academie`, as it is written. */
  readonly academy: string;
  /** `academie_libe`. */
  readonly academyLabel: string;
  /** `idENT`: the school's ENT project; empty without one. */
  readonly ent: string;
}

const fields: Readonly<Record<string, keyof School>> = {
  uai: "uai",
  nature_uai: "nature",
  nature_uai_libe: "natureLabel",
  appellation_officielle: "name",
  patronyme_uai: "patronym",
  code_postal_uai: "postalCode",
  localite_acheminement_uai: "city",
  academie: "academy",
  academie_libe: "academyLabel",
  idENT: "ent",
};

const MOST_CHARACTERS_OF_FIELD = 1024;
const MOST_ATTRIBUTES = 8;
/** Root, school, field. */
const FIELD_DEPTH = 3;

/**
 * The schools of a list, one by one. A school without a UAI is left out.
 * @throws GAR_SUBSCRIPTION_ANSWER_UNREADABLE where it is no such list, or ends before its end
 */
export async function* readSchools(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<School> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const reader = schoolReader();
  for await (const chunk of bytes) {
    reader.write(decoded(() => decoder.decode(chunk, { stream: true })));
    yield* reader.take();
  }
  reader.write(decoded(() => decoder.decode()));
  reader.close();
  yield* reader.take();
}

/** Pushes text in, takes schools out. */
function schoolReader() {
  const parser = new SaxesParser({
    xmlns: true,
    position: false,
    defaultXMLVersion: "1.0",
    forceXMLVersion: true,
  });
  let ready: School[] = [];
  let depth = 0;
  let field: keyof School | undefined;
  let text = "";
  let school = new Map<keyof School, string>();
  let attributes = 0;

  parser.on("error", () => {
    throw unreadable("not well-formed");
  });
  parser.on("doctype", () => {
    throw unreadable("doctype");
  });
  parser.on("opentagstart", () => {
    depth += 1;
    attributes = 0;
    if (depth > FIELD_DEPTH) throw unreadable("too deep");
  });
  parser.on("attribute", () => {
    attributes += 1;
    if (attributes > MOST_ATTRIBUTES) throw unreadable("too many attributes");
  });
  parser.on("opentag", ({ uri, local }) => {
    if (uri !== NAMESPACE) throw unreadable("another namespace");
    if (depth === 1 && local !== "listEtablissement") throw unreadable("no list of schools");
    if (depth === 2) school = new Map();
    field = depth === FIELD_DEPTH ? fields[local] : undefined;
    text = "";
  });
  const add = (piece: string) => {
    if (field === undefined) return;
    text += piece;
    if (text.length > MOST_CHARACTERS_OF_FIELD) throw unreadable("a field without end");
  };
  parser.on("text", add);
  parser.on("cdata", add);
  parser.on("closetag", () => {
    if (field !== undefined) school.set(field, text.trim());
    field = undefined;
    if (depth === 2) ready.push(...schoolOf(school));
    depth -= 1;
  });
  return {
    write: (piece: string) => void parser.write(piece),
    close: () => void parser.close(),
    take: (): readonly School[] => {
      const taken = ready;
      ready = [];
      return taken;
    },
  };
}

function schoolOf(read: ReadonlyMap<keyof School, string>): readonly School[] {
  const value = (name: keyof School) => read.get(name) ?? "";
  const uai = padded(value("uai").toUpperCase(), 8);
  if (!/^\d{7}[A-Z]$/.test(uai)) return [];
  return [
    {
      uai,
      nature: value("nature"),
      natureLabel: value("natureLabel"),
      name: value("name"),
      patronym: value("patronym"),
      postalCode: padded(value("postalCode"), 5),
      city: value("city"),
      academy: value("academy"),
      academyLabel: value("academyLabel"),
      ent: value("ent"),
    },
  ];
}

/** The zeros that a number does not begin with. */
function padded(text: string, length: number): string {
  return /^\d{3,}[A-Z]?$/.test(text) ? text.padStart(length, "0") : text;
}

function decoded(decode: () => string): string {
  try {
    return decode();
  } catch (cause) {
    throw fault("GAR_SUBSCRIPTION_ANSWER_UNREADABLE", { place: "not UTF-8", cause });
  }
}

function unreadable(place: string) {
  return fault("GAR_SUBSCRIPTION_ANSWER_UNREADABLE", { place });
}
