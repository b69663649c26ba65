/**
 * The advance authorisation of D9.2 is a documented instruction, and it stands in the contract: when a controller has received the
 * announcement of a transfer, an entry of the ledger says so for that transfer alone, from the instant at which it opens. Earlier
 * there is nothing to instruct; the gate's check decides whether it opens at all, so the entry by itself lets nothing through.
 * @clause D9.2
 */
import { officerCorrespondence } from "@preau/agreement";
import type { Contract } from "@preau/contracts";
import type { Instant, InstructionId, Unit, Writing } from "@preau/kernel";
import { contractsFor } from "./baseline.ts";
import type { Change } from "./change.ts";
import type { Notice } from "./notice.ts";
import type { SubprocessorPorts } from "./ports.ts";
import type { Saying } from "./said.ts";
import { readInstruction, updateNotice } from "./store/notices.ts";

type Authorising = Pick<SubprocessorPorts, "clock" | "contracts" | "instructions">;

/** Writes it into the ledger; nothing for a change that transfers nothing. @clause D9.2 */
export async function authoriseTransfer(
  unit: Unit,
  ports: Authorising,
  given: { readonly notice: Notice; readonly change: Change; readonly opensAt: Instant },
): Promise<void> {
  const { notice, change, opensAt } = given;
  const { entry } = change;
  if (entry.transfers === "none") return;
  const { controller } = notice;
  const contracts = await ports.contracts.contracts(unit, controller);
  const now = ports.clock.now();
  const [contract] = contractsFor(contracts, officerCorrespondence.product, now);
  if (contract === undefined) return;
  const id = await ports.instructions.record(unit, {
    ...{ controller, kind: "transfer", clause: "D9.2", startsAt: opensAt },
    scope: {
      ...{ recipients: [entry.recipient], operations: entry.operations, about: [change.id] },
      ...(entry.purposes === undefined ? {} : { purposes: entry.purposes }),
      ...(entry.categories === undefined ? {} : { categories: entry.categories }),
    },
    by: { role: "publisherDpo" },
    writing: contractAsWriting(contract),
    key: `${notice.id}.${now}`,
  });
  await ports.instructions.link(unit, controller, id, notice.id);
  await updateNotice(unit, notice, { instruction: id });
}

/** Ends it, for what the controller wrote or pressed. @clause D9.3 */
export async function endTransfer(
  unit: Unit,
  ports: Pick<Authorising, "instructions">,
  notice: Notice,
  { by, writing }: Saying,
): Promise<void> {
  const id: InstructionId | undefined = await readInstruction(unit, notice);
  if (id === undefined) return;
  const { controller } = notice;
  await ports.instructions.revoke(unit, {
    ...{ controller, id, by },
    ...(writing === undefined ? {} : { writing }),
  });
  await updateNotice(unit, notice, { instruction: null });
}

/** The contract itself is the writing; the hash is that of the agreement annexed to it. */
function contractAsWriting({ id, createdAt, agreement }: Contract): Writing {
  const sha256 = agreement.replace(/^sha256:/, "");
  return {
    ...{ receivedAt: createdAt, means: "letter", writer: "representative", reference: id },
    ...(/^[0-9a-f]{64}$/.test(sha256) ? { sha256 } : {}),
  };
}
