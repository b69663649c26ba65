/** What the page of contracts' ends shows of one controller, read in one go. */
import type { Place } from "@preau/calendar";
import type { Contract } from "@preau/contracts";
import type { ControllerId, Unit } from "@preau/kernel";
import type { ContractEnd } from "./contract-end.ts";
import type { Certificate } from "./contract-end-certificate.ts";
import { type EndTerms, endTermsOf } from "./contract-end-terms.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { listEnds, readCertificate } from "./store/contract-ends.ts";

export interface EndView {
  readonly controller: ControllerId;
  readonly place: Place;
  readonly terms: EndTerms;
  readonly contracts: readonly (Contract & { readonly ended: boolean })[];
  readonly ends: readonly (ContractEnd & { readonly certificate?: Certificate })[];
}

export async function readEndView(
  unit: Unit,
  ports: RetentionPorts,
  controller: ControllerId,
): Promise<EndView> {
  const place = await ports.contracts.placeOf(unit, controller);
  const contracts = await ports.contracts.contracts(unit, controller);
  const ends = [];
  for (const end of await listEnds(unit, controller)) {
    const row = await readCertificate(unit, controller, end.id);
    ends.push({ ...end, ...(row === undefined ? {} : { certificate: JSON.parse(row.body) as Certificate }) });
  }
  return {
    controller,
    place,
    terms: endTermsOf(ports.agreements, controller),
    contracts: contracts.map((each) => ({
      ...each,
      ended: ports.contracts.stateOf(each, place) === "ended",
    })),
    ends,
  };
}
