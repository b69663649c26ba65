import { PUBLISHER as OF_PAGES } from "@preau/web";
import { expect, it } from "vitest";
import { PUBLISHER } from "../src/publishers-own.ts";

it("the publisher's own name is the one that pages and accounts use", () => {
  expect(PUBLISHER).toBe(OF_PAGES);
});
