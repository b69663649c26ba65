/** The profiles of people: made when a visitor's e-mail is known, or through the API. */
import type { Desk, Fields, Person } from "./desk.ts";
import { tellPerson } from "./events.ts";
import { uuid } from "./identifiers.ts";

export function addPerson(desk: Desk, email: string, person: Fields = {}): Person {
  const now = desk.now();
  const added: Person = {
    people_id: uuid(),
    ...{ email, person, company: {}, segments: [], notepad: "", active: now, data: {}, events: [] },
    subscribed: true,
    created_at: now,
    updated_at: now,
  };
  desk.people.set(added.people_id, added);
  tellPerson(desk, "created", added);
  return added;
}

/** By identifier, or by e-mail: the real service takes either in its paths (a guess). */
export function findPerson(desk: Desk, key: string): Person | undefined {
  return desk.people.get(key) ?? [...desk.people.values()].find(({ email }) => email !== "" && email === key);
}

export function personOfEmail(desk: Desk, email: string, person: Fields): Person {
  return findPerson(desk, email) ?? addPerson(desk, email, person);
}

export interface PersonChange {
  readonly email?: string | undefined;
  readonly person?: Fields | undefined;
  readonly company?: Fields | undefined;
  readonly segments?: string[] | undefined;
  readonly notepad?: string | undefined;
  readonly active?: number | undefined;
}

/** `save` takes the place of everything, `update` of what is named. */
export function changePerson(desk: Desk, person: Person, change: PersonChange, how: "save" | "update"): void {
  const before = how === "update" ? person : undefined;
  person.email = change.email ?? before?.email ?? "";
  person.person = { ...before?.person, ...change.person };
  person.company = { ...before?.company, ...change.company };
  person.segments = change.segments ?? before?.segments ?? [];
  person.notepad = change.notepad ?? before?.notepad ?? "";
  person.active = change.active ?? person.active;
  person.updated_at = desk.now();
  tellPerson(desk, "updated", person);
}

/** A profile as the wire shows it. */
export function showPerson(person: Person): Fields {
  const { people_id, email, segments, notepad, created_at, updated_at } = person;
  return {
    ...{ people_id, email, person: person.person, company: person.company, segments, notepad },
    active: { now: false, last: person.active },
    score: 0,
    ...{ created_at, updated_at },
  };
}
