import { describe, expect, it } from "vitest";
import { AnonymisedRelease, releaseGate, requireAnonymised } from "../src/release-gate.ts";
import { of300, planOf, randomOf, rowsOf } from "./release-corpus.ts";

async function made(): Promise<AnonymisedRelease> {
  const gated = await releaseGate(planOf(), [rowsOf(of300())], { randomBelow: randomOf(1) });
  if (gated.kind !== "anonymised") throw new Error("refused");
  return gated.release;
}

describe("a release that the gate did not make (D13.2)", () => {
  it("is refused in every disguise (D13.2)", async () => {
    const real = await made();
    expect(requireAnonymised(real)).toBe(real);
    class Sub extends AnonymisedRelease {}
    const disguises: readonly (() => unknown)[] = [
      () => Object.fromEntries(Object.entries(real)),
      () => JSON.parse(JSON.stringify(real)) as unknown,
      () => structuredClone(real),
      () => Object.create(AnonymisedRelease.prototype) as unknown,
      () => Object.create(real) as unknown,
      () => Object.setPrototypeOf({ rows: () => [] }, AnonymisedRelease.prototype) as unknown,
      () => new Proxy(real, {}),
      () => Reflect.construct(AnonymisedRelease, [Symbol("release gate"), planOf(), {}]) as unknown,
      () => Reflect.construct(Sub, [Symbol.for("release gate"), planOf(), {}]) as unknown,
      () => undefined,
    ];
    for (const [at, disguise] of disguises.entries())
      expect(() => requireAnonymised(disguise()), String(at)).toThrow(
        expect.objectContaining({ code: "ANONYMISATION_RELEASE_FORGED" }),
      );
  });

  it("cannot be given other rows (D13.2)", async () => {
    const real = await made();
    expect(() => Object.assign(AnonymisedRelease.prototype, { rows: () => [] })).toThrow(TypeError);
    expect(() => Object.assign(real, { rows: () => [] })).toThrow(TypeError);
    expect(() => (real.columns as string[]).push("name")).toThrow(TypeError);
  });
});
