/**
 * Whose a message may be: controllers found by the school that it names, its number, and the sender's address. For the eyes of
 * the publisher's officer alone, who decides; nobody outside learns whether there were any. @clause D10.1b
 */
import type { Controller } from "@preau/contracts";
import { findUai } from "@preau/identifiers";
import { type ControllerId, controllerId, type SubjectId, type Unit } from "@preau/kernel";
import type { DeskPorts } from "./desk-ports.ts";
import type { Inquiry, InquiryText } from "./inquiry.ts";
import type { DataSubjectRequestsOptions } from "./options.ts";

type CandidateReason = "signedIn" | "uai" | "name" | "address" | "gar";

export interface Candidate {
  readonly controller: ControllerId;
  readonly name: string;
  readonly why: readonly CandidateReason[];
  /** The person with that address, where one is known. */
  readonly subject?: SubjectId;
}

export interface Candidates {
  readonly found: readonly Candidate[];
  /** Controllers among whose persons the address was looked for, and how many there are. */
  readonly searched: number;
  readonly of: number;
}

const MOST_FOUND = 20;
const PAGE = 200;
/** Words of every school's name. */
const ORDINARY = new Set(
  (
    "college lycee ecole collège lycée école cite cité scolaire general général technologique professionnel polyvalent public prive " +
    "privé etablissement établissement school high middle primary secondary the of de du des la le les et à a au aux d l saint sainte"
  ).split(" "),
);

type Ports = Pick<DeskPorts, "contracts" | "subjects">;

/** @figure D10.1b */
export async function candidatesOf(
  unit: Unit,
  ports: Ports,
  options: Pick<DataSubjectRequestsOptions, "addressKinds" | "addressSearch" | "garController">,
  inquiry: Inquiry,
  written: InquiryText,
): Promise<Candidates> {
  const found = new Map<ControllerId, { name: string; why: Set<CandidateReason>; subject?: SubjectId }>();
  const add = ({ id, name }: Pick<Controller, "id" | "name">, why: CandidateReason, subject?: SubjectId) => {
    const one = found.get(id) ?? { name, why: new Set<CandidateReason>() };
    one.why.add(why);
    if (subject !== undefined) one.subject = subject;
    found.set(id, one);
  };
  await addKnown(unit, ports, options, inquiry, add);
  const school = written.concerns?.school ?? "";
  const searches: readonly (readonly [CandidateReason, string])[] = [
    ...findUai(`${school} ${written.text ?? ""}`).map(({ value }) => ["uai", value] as const),
    ...namesToSearch(school).map((words) => ["name", words] as const),
  ];
  for (const [why, search] of searches.slice(0, MOST_FOUND)) {
    const { controllers } = await ports.contracts.list(unit, {
      ...{ scope: "all", search, limit: MOST_FOUND, offset: 0 },
    });
    for (const each of controllers) add(each, why);
    // The whole name has led somewhere: its single words would only add strangers.
    if (why === "name" && controllers.length > 0) break;
  }
  const { searched, of } = await addByAddress(unit, ports, options, written.address, add);
  const list = [...found].map(([controller, { name, why, subject }]) => ({
    ...{ controller, name, why: [...why] },
    ...(subject === undefined ? {} : { subject }),
  }));
  return { found: list.slice(0, MOST_FOUND), searched, of };
}

type Add = (controller: Pick<Controller, "id" | "name">, why: CandidateReason, subject?: SubjectId) => void;

async function addKnown(
  unit: Unit,
  { contracts }: Ports,
  { garController }: Pick<DataSubjectRequestsOptions, "garController">,
  { controller, subject, origin }: Inquiry,
  add: Add,
): Promise<void> {
  const nameOf = async (id: ControllerId) => (await contracts.controller(unit, id))?.name ?? id;
  if (controller !== undefined) add({ id: controller, name: await nameOf(controller) }, "signedIn", subject);
  if (origin !== "gar" || controller !== undefined || garController === "bySchool") return;
  const ministry = controllerId(garController);
  add({ id: ministry, name: await nameOf(ministry) }, "gar");
}

/** All its own words first, then each alone, the longest first. */
function namesToSearch(school: string): readonly string[] {
  const words = school
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2 && !ORDINARY.has(word.toLowerCase()));
  if (words.length === 0) return [];
  const alone = words.toSorted((a, b) => b.length - a.length).filter((word) => word.length > 4);
  return [...new Set([words.join(" "), ...alone])];
}

/** An address is known under each controller's own key: they are asked one by one, up to a bound. */
async function addByAddress(
  unit: Unit,
  { contracts, subjects }: Ports,
  { addressKinds, addressSearch }: Pick<DataSubjectRequestsOptions, "addressKinds" | "addressSearch">,
  address: string | undefined,
  add: Add,
): Promise<{ readonly searched: number; readonly of: number }> {
  const values = [...new Set([address?.trim() ?? "", address?.trim().toLowerCase() ?? ""])];
  let searched = 0;
  let of = 0;
  for (let offset = 0; ; offset += PAGE) {
    const page = await contracts.list(unit, { scope: "all", limit: PAGE, offset });
    of = page.total;
    for (const controller of page.controllers) {
      if (searched >= addressSearch || values[0] === "") return { searched, of };
      searched += 1;
      for (const kind of addressKinds)
        for (const value of values) {
          const subject = await subjects.find(unit, controller.id, { kind, value });
          if (subject !== undefined) add(controller, "address", subject);
        }
    }
    if (page.controllers.length < PAGE) return { searched, of };
  }
}
