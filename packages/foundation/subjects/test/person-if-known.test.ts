import {
  controllerId,
  type InMemoryRow,
  inMemoryLookAgain,
  inMemoryPersonalDataSource,
  inMemoryStore,
  type RegisteredSource,
} from "@preau/kernel";
import { expect, it, onTestFinished } from "vitest";
import { personIfKnown, readNamedPerson } from "../src/index.ts";
import { describeKinds, openDirectory } from "./open-directory.ts";

const [school, other] = [controllerId("college-1"), controllerId("college-2")];
const ID = "sub_0123456789abcdefghjkmnpqrs";

/** One store that holds pupil 7 of that school, and says whose it is. */
function storeOf(controller: typeof school): ReadonlyMap<string, RegisteredSource> {
  const [name, kind] = ["pupil", "school.pupil"];
  const store = inMemoryStore([{ name, category: "name", purpose: "runPlatform", verdict: "erase" }]);
  const row: InMemoryRow = { id: "1", controller: school, person: "7", fields: { name: "Zoé Martin" } };
  store.rows.get(name)?.push(row);
  const source = inMemoryPersonalDataSource({ store, kind });
  const described = { ...source.describe(), controller };
  const registered = {
    source: { ...source, describe: () => described },
    second: inMemoryLookAgain(store),
  };
  return new Map([["school", registered]]);
}

it("a person is named by the opaque id or an identifier of a system (D10.1a)", () => {
  expect(readNamedPerson(ID)).toEqual({ subject: ID });
  expect(readNamedPerson("school.pupil:7")).toEqual({ kind: "school.pupil", value: "7" });
  for (const words of ["Zoé Martin", "sub_7", ":7", "school.pupil:", "School:7", "a:b\u0000"])
    expect(readNamedPerson(words), words).toBeUndefined();
});

describeKinds((kind) => {
  it("a person whom a store of that controller holds is met now, and nobody else is (D10.1a)", async () => {
    const { directory, unitOfWork, close } = await openDirectory(kind);
    onTestFinished(close);
    const ask = (sources: ReadonlyMap<string, RegisteredSource>, words: string, controller = school) =>
      personIfKnown({ subjects: directory, unitOfWork, sources }, controller, readNamedPerson(words)!);
    const find = (value: string, controller = school) =>
      unitOfWork.transaction((unit) => directory.find(unit, controller, { kind: "school.pupil", value }));

    expect(await ask(new Map(), "school.pupil:7")).toBeUndefined();
    expect(await ask(storeOf(other), "school.pupil:7")).toBeUndefined();
    expect(await ask(storeOf(school), "school.pupil:8")).toBeUndefined();
    expect(await ask(storeOf(other), "school.pupil:7", other)).toBeUndefined();
    expect(await find("7")).toBeUndefined();

    const met = await ask(storeOf(school), "school.pupil:7");
    expect(met).toMatch(/^sub_/);
    expect(await find("7")).toBe(met);
    for (const words of ["school.pupil:7", String(met)]) {
      expect(await ask(new Map(), words)).toBe(met);
      expect(await ask(new Map(), words, other)).toBeUndefined();
    }
    expect(await ask(storeOf(school), ID)).toBeUndefined();
  });
});
