import { controllerId } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { type Officer, type OfficerRole, reachableOfficer } from "../src/index.ts";

const officer = (role: OfficerRole, email?: string): Officer => ({
  ...{
    id: `ofc_${role}${email ?? ""}`,
    controller: controllerId("college-du-hameau"),
    role,
    name: "Ysoline",
  },
  ...(email === undefined ? {} : { email }),
});
const [dpo, representative, contact] = [
  officer("dpo", "dpo@hameau.example"),
  officer("representative", "direction@hameau.example"),
  officer("contact", "secretariat@hameau.example"),
];

describe("whom of a client one writes to (DA)", () => {
  it("is its officer for data protection, else who represents it, else its contact", () => {
    expect(reachableOfficer([contact, representative, dpo])).toBe(dpo);
    expect(reachableOfficer([contact, representative])).toBe(representative);
    expect(reachableOfficer([contact])).toBe(contact);
    expect(reachableOfficer([])).toBeUndefined();
  });

  it("passes over who has no address, and who could not be reached before", () => {
    expect(reachableOfficer([officer("dpo"), officer("representative", ""), contact])).toBe(contact);
    expect(reachableOfficer([dpo, contact], new Set([dpo.id]))).toBe(contact);
    expect(reachableOfficer([dpo], new Set([dpo.id]))).toBeUndefined();
  });
});
