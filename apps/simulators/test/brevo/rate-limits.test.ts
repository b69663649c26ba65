import { describe, expect, it } from "vitest";
import { rateLimits } from "../../src/brevo/rate-limits.ts";

describe("rate limits of the simulated Brevo", () => {
  it("are counted an endpoint, in windows of a second or an hour", () => {
    let now = 1_000_000;
    const limits = rateLimits(() => now);
    const times = (count: number, method: string, path: string) =>
      Array.from({ length: count }, () => limits.count(method, path)).filter(({ allowed }) => allowed).length;
    expect(times(3, "GET", "/smtp/emails")).toBe(2);
    expect(times(1_001, "POST", "/smtp/email")).toBe(1_000);
    expect(times(11, "DELETE", "/contacts/4")).toBe(10);
    expect(times(60, "DELETE", "/smtp/log/a@b.example") + times(60, "DELETE", "/smtp/log/c@d.example")).toBe(
      100,
    );
    expect(limits.count("GET", "/smtp/emails")).toEqual({ allowed: false, limit: 2, remaining: 0, reset: 1 });
    now += 1_000;
    expect(times(3, "GET", "/smtp/emails")).toBe(2);
    expect(limits.count("DELETE", "/smtp/log/a@b.example")).toMatchObject({ allowed: false, reset: 3_599 });
    now += 3_599_000;
    expect(limits.count("DELETE", "/smtp/log/a@b.example")).toMatchObject({ allowed: true, remaining: 99 });
  });
});
