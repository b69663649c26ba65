import { readFileSync } from "node:fs";
import { controllerId, makeGate, type Unit, type UnitOfWork } from "@preau/kernel";
import { gateContract } from "@preau/testing";
import { compileGateTable, parseAgreement, referenceFolder } from "../src/index.ts";

const yaml = readFileSync(new URL("agreement.yaml", referenceFolder), "utf8");
const table = compileGateTable(parseAgreement(yaml, { file: "agreement.yaml" }));
const school = controllerId("school-1");
/** Moving checks of this suite read nothing, so a unit is just a value. */
const unitOfWork: UnitOfWork = { transaction: (work) => work(Object.freeze({}) as Unit) };

gateContract("the reference agreement's table", ({ clock, checks, renew }) => ({
  gate: makeGate({
    tableFor: (controller) => (controller === school ? table : undefined),
    ...{ checks, clock },
    ...(renew === undefined ? {} : { renew }),
  }),
  unitOfWork,
  allowed: {
    controller: school,
    product: "plume",
    operation: "store",
    origin: "gar",
    role: "teacher",
    categories: ["name", "classAndGroup", "connectionAndUsage"],
    purpose: "runPlatform",
    recipient: "product",
  },
  elsewhere: "workEmail",
}));
