import type { Duration } from "@preau/calendar";
import { codeOf } from "@preau/testing";
import { expect, it } from "vitest";
import {
  attest,
  changeContract,
  changeController,
  endContract,
  renewContract,
  revertInstruction,
  setOwnPeriod,
  settleLegalBases,
} from "../src/index.ts";
import {
  contractValues,
  controllerValues,
  describeKinds,
  editOf,
  instructions,
  OTHER,
  openedContract,
  openRegister,
  SCHOOL,
  tilleuls,
} from "./open-register.ts";

describeKinds("taking an instruction back", (kind) => {
  it("puts back what held before, as an instruction of its own that names the other", async () => {
    const register = await openRegister(kind);
    const { run, ports, contracts } = register;
    const contract = await openedContract(register, { endsOn: "2027-08-31" });
    const everything = () =>
      run(async (unit) => {
        const { version: _, ...controller } = (await contracts.controller(unit, SCHOOL)) ?? { version: 0 };
        const [kept] = await contracts.contracts(unit, SCHOOL);
        return {
          controller,
          contract: { ...kept, version: 0 },
          periods: await contracts.ownPeriods(unit, SCHOOL),
          bases: await contracts.purposeBases(unit, SCHOOL),
          attestations: await contracts.attestations(unit, SCHOOL),
        };
      });
    const day = (text: string) => contractValues({ startsOn: text }).startsOn;
    const period: Duration = { unit: "months", amount: 6 };
    const deeds = [
      () =>
        run((unit) =>
          changeController(
            unit,
            ports,
            editOf(),
            controllerValues({ ...tilleuls, name: "Autre", region: "mayotte" }),
          ),
        ),
      () =>
        run((unit) =>
          changeContract(unit, ports, editOf(), { contract, values: contractValues({ products: "plume" }) }),
        ),
      () => run((unit) => renewContract(unit, ports, editOf(), { contract, endsOn: day("2028-08-31") })),
      () =>
        run((unit) =>
          endContract(unit, ports, editOf(), { contract, endsOn: day("2027-01-01"), atEnd: "delete" }),
        ),
      () =>
        run((unit) =>
          setOwnPeriod(unit, ports, editOf(), { contract, rule: "unusedData", duration: period }),
        ),
      () =>
        run((unit) =>
          settleLegalBases(unit, ports, editOf(), {
            contract,
            bases: [{ product: "plume", purpose: "support", legalBasis: "contract" }],
          }),
        ),
      () =>
        run((unit) => attest(unit, ports, editOf(), { contract, statements: ["formalities", "persons"] })),
    ];
    for (const deed of deeds) {
      const before = await everything();
      const id = await deed();
      if (id === undefined) throw new Error("nothing changed");
      expect(await everything()).not.toEqual(before);
      await run((unit) => revertInstruction(unit, ports, editOf(), id));
      expect(await everything()).toEqual(before);
      expect((await instructions(register)).at(-1)).toMatchObject({ reverts: id });
      // An attestation that is withdrawn already is withdrawn; all else holds another value by now.
      const twice = await codeOf(run((unit) => revertInstruction(unit, ports, editOf(), id)));
      expect([undefined, "CONTRACT_CHANGED_MEANWHILE"]).toContain(twice);
      expect(await everything()).toEqual(before);
    }
  });

  it("refuses when something else was set since, for another controller, and for what cannot come back", async () => {
    const register = await openRegister(kind);
    const { run, ports } = register;
    const contract = await openedContract(register);
    const change = (products: string) =>
      run((unit) =>
        changeContract(unit, ports, editOf(), { contract, values: contractValues({ products }) }),
      );
    const first = await change("plume");
    await change("jardin");
    if (first === undefined) throw new Error("nothing changed");
    const revert = (id: string, controller = SCHOOL) =>
      codeOf(run((unit) => revertInstruction(unit, ports, editOf(controller), id as typeof first)));
    expect(await revert(first)).toBe("CONTRACT_CHANGED_MEANWHILE");
    expect(await revert(first, OTHER)).toBe("CONTRACT_INSTRUCTION_UNKNOWN");
    const [registered, opened] = await instructions(register);
    expect(await revert(registered?.id ?? "")).toBe("CONTRACT_NOT_REVERTIBLE");
    expect(await revert(opened?.id ?? "")).toBe("CONTRACT_NOT_REVERTIBLE");
  });
});
