import { controllerId } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { controllerOf } from "../src/controller-of.ts";

const [MINISTRY, SCHOOL] = [controllerId("ministry"), controllerId("college-des-ajoncs")];
const [OWN, OTHER] = ["0999999F", "0999998E"];

describe("whose data a person is (D4.1)", () => {
  const of = (schools: readonly string[] | undefined, named: readonly string[] = [OWN]) =>
    controllerOf(new Map(schools === undefined ? [] : [["UAI", schools]]), {
      controller: MINISTRY,
      controllersBySchool: new Map(named.map((school) => [school, SCHOOL])),
    });

  it("is the provider's controller's where no school has a contract of its own", () => {
    for (const schools of [undefined, [], ["nonsense"], [OTHER], [OWN, OTHER]])
      expect(of(schools, [])).toEqual({ controller: MINISTRY });
  });

  it("is the school's by its own contract, the provider's controller's in another", () => {
    expect(of([OWN])).toEqual({ controller: SCHOOL });
    expect(of([OTHER])).toEqual({ controller: MINISTRY });
  });

  it("is nobody's to say where schools decide and none is named, or they differ", () => {
    for (const schools of [undefined, [], [""], ["nonsense"], ["999999F"]])
      expect(of(schools)).toEqual({ none: "NO_SCHOOL" });
    expect(of([OWN, OTHER])).toEqual({ none: "SEVERAL_CONTROLLERS" });
  });
});
