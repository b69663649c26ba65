/**
 * Instructions from a machine of the controller's, and the ledger for it. The machine has the writing: it says under which
 * reference, and who wrote it. @clause D6.1c
 */
import { canonicalJson, instructionKinds, type Json, type NewInstruction } from "@preau/kernel";
import { tokenRoute, type WebRoute } from "@preau/web";
import { z } from "zod";
import { fault, kernelFault } from "../errors.ts";
import { holdsFlagged, type Instruction, stateOf } from "../instruction.ts";
import type { InstructionsPorts } from "../instructions-ports.ts";
import { requireKnownWords } from "../read-scope.ts";
import { findInstruction } from "../store/instruction-rows.ts";
import { listInstructions } from "../store/ledger-rows.ts";
import { clauseOfKind } from "./ledger-form.ts";

const words = z.array(z.string()).max(500).optional();
const body = z.strictObject({
  kind: z.enum(instructionKinds),
  scope: z
    .strictObject({
      product: z.string().optional(),
      operations: words,
      recipients: words,
      purposes: words,
      categories: words,
      subject: z.string().optional(),
      about: words,
      fields: words,
    })
    .default({}),
  endsAt: z.string().optional(),
  key: z.string().optional(),
  writing: z.strictObject({
    writer: z.enum(["representative", "dpo", "contact"]),
    reference: z.string(),
    sha256: z.string().optional(),
  }),
});

export function apiRoutes(ports: InstructionsPorts): readonly WebRoute[] {
  const give = tokenRoute(ports, {
    ...{ method: "post", path: "/api/v1/instructions", scope: "instructions:write", clause: "D6.1c" },
    handler: async (request, response, { controller, token }) => {
      const read = body.safeParse(request.json);
      if (!read.success)
        throw kernelFault("INSTRUCTION_BAD", { place: read.error.issues[0]?.path.join(".") || "body" });
      const { kind, scope, endsAt, key, writing } = read.data;
      const given = {
        ...{ controller, kind, clause: clauseOfKind[kind], by: { role: "system" } },
        scope: JSON.parse(JSON.stringify(scope)) as NewInstruction["scope"],
        // Which machine said so stands with its own reference.
        writing: {
          ...{ receivedAt: ports.clock.now(), means: "desk", ...withoutNone(writing) },
          reference: `${token} · ${writing.reference}`,
        },
        ...(endsAt === undefined ? {} : { endsAt: endOf(endsAt) }),
        ...(key === undefined ? {} : { key }),
      } as const satisfies NewInstruction;
      requireKnownWords(ports.agreements.of(controller), ports.agreements.announced, given.scope);
      const id = await ports.unitOfWork.transaction(async (unit) => {
        const stands = await ports.instructions.record(unit, given);
        const kept = await findInstruction(unit, controller, stands);
        // The same key with another word is a mistake that nobody would see.
        if (kept !== undefined && !isSame(kept, given))
          throw fault("INSTRUCTIONS_KEY_TAKEN", { place: "key" });
        return stands;
      });
      response.status(201).json({ instruction: id });
    },
  });
  const list = tokenRoute(ports, {
    ...{ method: "get", path: "/api/v1/instructions", scope: "instructions:read", clause: "D6.1c" },
    handler: async (_request, response, { controller }) => {
      const now = ports.clock.now();
      const found = await ports.unitOfWork.transaction((unit) =>
        listInstructions(unit, controller, { now, limit: 500 }),
      );
      const holds = holdsFlagged(ports.agreements, controller);
      response.json({ instructions: found.map((each) => factsOf(each, stateOf(each, now, holds))) });
    },
  });
  return [give, list];
}

/** What a ledger's line says, in one document. */
export function factsOf(instruction: Instruction, state: string) {
  const { id, controller, kind, clause, scope, givenBy, recordedAt, writing, startsAt, endsAt } = instruction;
  return {
    ...{ id, controller, kind, clause, state, scope, givenBy, recordedAt, startsAt },
    ...{ endsAt: endsAt ?? null, revokedAt: instruction.revoked?.at ?? null },
    ...{ flaggedAt: instruction.flaggedAt ?? null, writing: writing ?? null },
  };
}

function isSame(kept: Instruction, { kind, scope }: NewInstruction): boolean {
  const told = (reach: NewInstruction["scope"]) => canonicalJson(JSON.parse(JSON.stringify(reach)) as Json);
  return kept.kind === kind && told(kept.scope) === told(scope);
}

function withoutNone({ sha256, ...rest }: z.infer<typeof body>["writing"]) {
  return { ...rest, ...(sha256 === undefined ? {} : { sha256 }) };
}

/** @throws INSTRUCTION_BAD */
function endOf(text: string) {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text))
    throw kernelFault("INSTRUCTION_BAD", { place: "endsAt" });
  return text as NonNullable<NewInstruction["endsAt"]>;
}
