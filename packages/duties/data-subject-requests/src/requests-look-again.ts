/**
 * The second look at the desk. It asks the database itself which `dsr_` tables there are and reads every column of them; what is
 * sealed is opened where its key still stands; what stands as a keyed hash is made again here, in a spelling of its own. A
 * message is a controller's when it came from its person, or a request of its came out of it; one that nobody has assigned and that
 * seems to be the person's is said, since an erasure leaves it. The hash of an erasure that waits
 * for its receipt goes in the unit that files it: it is not counted.
 * @clause D12.2
 */
import { rawRows, tablesNow } from "@preau/database";
import {
  type ControllerId,
  canonicalJson,
  dataSubjectRights,
  type LookAgain,
  type NotCovered,
  otherRequests,
  type Traces,
} from "@preau/kernel";
import { PUBLISHER } from "@preau/web";
import type { RequestSourcePorts } from "./requests-personal-data.ts";
import { inquiriesOf, unassignedInquiries } from "./store/inquiries-of.ts";

/** A shorter text stands in every instant. */
const SHORTEST = 4;
const MATTERS = [...dataSubjectRights, ...otherRequests];

interface Needles {
  /** Whole values of a column. */
  readonly exact: ReadonlySet<string>;
  /** Parts of a column or of what was sealed, folded. */
  readonly parts: readonly string[];
}

export function lookAgainAtRequests({
  unitOfWork,
  vault,
}: Pick<RequestSourcePorts, "unitOfWork" | "vault">): LookAgain {
  const hash = async (scope: ControllerId, label: string, value: Parameters<typeof canonicalJson>[0]) => {
    const whose = { controller: scope, kind: "controller", id: scope } as const;
    return (await vault.mac(whose, `data-subject-requests.${label}`, canonicalJson(value))).toString("hex");
  };

  const needlesOf = async (controller: ControllerId, { subjects }: Traces): Promise<Needles> => {
    const exact = new Set<string>();
    const parts = new Set<string>();
    for (const { subject, references, texts } of subjects) {
      exact.add(subject);
      for (const { value } of references) if (value.length >= SHORTEST) exact.add(value);
      for (const matter of MATTERS) exact.add(await hash(controller, "open", [["subject", subject], matter]));
      for (const { value } of texts) {
        if (value.length < SHORTEST) continue;
        parts.add(folded(value));
        if (!value.includes("@")) continue;
        const address = value.trim().normalize("NFC").toLowerCase();
        exact.add(await hash(PUBLISHER, "address", address));
      }
    }
    return { exact, parts: [...parts] };
  };

  /** What stands under the row's own key; nothing once that is gone. */
  const opened = async (scope: ControllerId, id: unknown, sealed: unknown): Promise<string> => {
    if (!Buffer.isBuffer(sealed) || typeof id !== "string") return "";
    const whose = { controller: scope, kind: "controller", id } as const;
    const bytes = await vault.open(whose, sealed, `data-subject-requests.text/1 ${id}`);
    return bytes?.toString() ?? "";
  };

  return {
    lookAgain: async (controller, traces, signal) => {
      const needles = await needlesOf(controller, traces);
      const { tables, inquiries, unassigned } = await unitOfWork.transaction(async (unit) => ({
        tables: await tablesNow(unit, "dsr_"),
        inquiries: await inquiriesOf(unit, controller),
        unassigned: await unassignedInquiries(unit),
      }));
      const maybe = new Set<string>();
      const hits = new Map<string, number>();
      let columns = 0;
      for (const table of tables) {
        columns += table.columns.length;
        const isInquiry = table.name === "dsr_inquiry";
        const scope = isInquiry ? PUBLISHER : controller;
        for await (const row of rawRows(unitOfWork, table, scope)) {
          signal?.throwIfAborted();
          const id = String(row["id"]);
          const isNobodys = isInquiry && !inquiries.has(id);
          if (isNobodys && !unassigned.has(id)) continue;
          for (const [column, value] of Object.entries(row)) {
            const isText = column === "sealed" && table.name !== "dsr_correction";
            const text = isText ? await opened(scope, row["id"], value) : textOf(value);
            if (!isHit(text, needles)) continue;
            if (isNobodys) {
              maybe.add(id);
              continue;
            }
            const place = `${table.name}.${column}`;
            hits.set(place, (hits.get(place) ?? 0) + 1);
          }
        }
      }
      const where = [...hits].map(([place, count]) => ({ place, hits: count }));
      return {
        referenceColumns: columns,
        textColumns: columns,
        files: 0,
        hits: where.reduce((sum, each) => sum + each.hits, 0),
        where,
        notCovered: [
          ...(tables.length > 0 ? [] : [{ what: "dsr_*", why: "the tables of the desk were not found" }]),
          ...(maybe.size === 0 ? [] : [unassignedOf(maybe.size)]),
        ],
      };
    },
  };
}

/** Whose they are, and of which right, nobody has said: another controller's request may stand in them. */
function unassignedOf(many: number): NotCovered {
  return {
    what: `dsr_inquiry: ${many}`,
    why: "messages that nobody has assigned to a controller yet seem to come from the person, or to name them",
    remedy: "assign or close them, then look again",
    places: ["dsr_inquiry.sealed", "dsr_inquiry.address_hash"],
  };
}

function textOf(value: unknown): string {
  if (Buffer.isBuffer(value)) return value.toString();
  return typeof value === "string" ? value : "";
}

function isHit(text: string, { exact, parts }: Needles): boolean {
  if (text === "") return false;
  if (exact.has(text)) return true;
  const whole = folded(text);
  return parts.some((part) => whole.includes(part));
}

function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
