/**
 * How an ENT's own CAS describes a person, nested where the GAR is flat, after Edifice's description of its generic
 * type. No IDO, but login, birth date and mail, which the GAR withholds: a connector drops them.
 */
import { createHash } from "node:crypto";
import type { GarPerson } from "../gar/people.ts";
import { isPrimary, schoolOf } from "../gar/schools.ts";
import type { CasElement, CasPerson } from "./cas-answer.ts";

const PROFILES: Readonly<Record<string, string>> = {
  national_elv: "Student",
  national_ens: "Teacher",
  national_doc: "Teacher",
};

export function describeEntPerson(person: GarPerson): CasPerson {
  const { firstName, lastName, login } = person;
  const profile = PROFILES[person.profile.toLowerCase()] ?? "Personnel";
  const elements: CasElement[] = [
    { name: "login", content: login },
    { name: "lastName", content: lastName },
    { name: "firstName", content: firstName },
    { name: "displayName", content: `${firstName} ${lastName}` },
    { name: "birthDate", content: birthDateOf(person, profile) },
    { name: "email", content: person.email ?? `${login}@ent-demo.example` },
    { name: "profile", content: profile },
    { name: "schools", content: schoolsOf(person) },
    { name: "classes", content: classesOf(person) },
  ];
  return { user: uuid(`person ${person.ido}`), elements: [{ name: "userAttributes", content: elements }] };
}

function schoolsOf(person: GarPerson): readonly CasElement[] {
  return (person.attributes["UAI"] ?? []).map((uai, index) => {
    const school = schoolOf(uai);
    const type = school !== undefined && isPrimary(school) ? "1ORD" : "CLG";
    const attributes = { externalId: uai, main: String(index === 0), name: school?.name ?? uai, type };
    return { name: "school", attributes, content: "" };
  });
}

/** By the label, as the ENT names them: it has no codes. */
function classesOf(person: GarPerson): readonly CasElement[] {
  const labels = (person.attributes["DIV"] ?? []).flatMap((each) => each.split("##")[1] ?? []);
  const school = uuid(`school ${person.attributes["UAI"]?.[0] ?? ""}`);
  return labels.map((label) => ({
    name: "classe",
    attributes: { externalId: `${school}$${label}` },
    content: label,
  }));
}

/** Invented: pupils are of an age for school in 2026, adults are not. */
function birthDateOf(person: GarPerson, profile: string): string {
  const chance = createHash("sha256").update(`birth ${person.login}`).digest();
  const year = profile === "Student" ? 2014 + (chance.readUInt8(0) % 6) : 1965 + (chance.readUInt8(0) % 35);
  const days = chance.readUInt16BE(1) % 365;
  return new Date(Date.UTC(year, 0, 1 + days)).toISOString().slice(0, 10);
}

function uuid(of: string): string {
  const hex = createHash("sha256").update(`preau-demo ${of}`).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
