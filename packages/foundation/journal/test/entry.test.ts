import { type ControllerId, canonicalJson, instant } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EntryHeader, writeHeader } from "../src/entry.ts";

const commitment = fc.option(
  fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
  { nil: undefined },
);

describe("header of an entry (RFC 8785)", () => {
  it("is canonical JSON whatever its texts hold", () => {
    const texts = fc.record({
      type: fc.string(),
      clause: fc.option(fc.string(), { nil: undefined }),
      controller: fc.string(),
    });
    const slots = fc.record({ actor: commitment, subject: commitment, controller: commitment });
    fc.assert(
      fc.property(texts, slots, ({ type, clause, controller }, { actor, subject, controller: own }) => {
        const header: EntryHeader = {
          ...{
            log: "activity",
            id: "jrn_1",
            type,
            controller: controller as ControllerId,
            actorRole: "system",
          },
          ...(clause === undefined ? {} : { clause }),
          recordedAt: instant("2026-11-23T08:00:00.000Z"),
          commitments: {
            ...(actor === undefined ? {} : { actor }),
            ...(subject === undefined ? {} : { subject }),
            ...(own === undefined ? {} : { controller: own }),
          },
        };
        const { commitments, ...fields } = header;
        const encoded = Object.entries(commitments).map(([slot, bytes]) => [slot, bytes.toString("base64")]);
        const whole = {
          schema: "preau.entry/1",
          ...fields,
          commitments: Object.fromEntries(encoded) as Record<string, string>,
        };
        expect(writeHeader(header).toString()).toBe(canonicalJson(whole));
      }),
    );
  });
});
