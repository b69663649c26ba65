import { describeOnMariaDb, journalContract } from "@preau/testing";
import { describe } from "vitest";
import { verifyReceiptOrProof } from "../src/index.ts";
import { openFreshJournal } from "./open-journal.ts";

async function makeBench(kind: "memory" | "mariadb") {
  const opened = await openFreshJournal(kind);
  const vkey = opened.journal.vkey("activity");
  return {
    ...opened,
    settle: async () => {
      await opened.sequencer.runOnce();
    },
    verify: async (proof: string) => verifyReceiptOrProof(proof, { vkey }).result === "TRUE",
  };
}

journalContract("journal on SQLite", () => makeBench("memory"));
describeOnMariaDb("journal on MariaDB", () => {
  describe("contract", () => journalContract("journal on MariaDB", () => makeBench("mariadb")));
});
