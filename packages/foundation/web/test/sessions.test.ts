import { memorySessionRows } from "../src/index.ts";
import { sessionsContract } from "./sessions-contract.ts";

sessionsContract("in memory", async () => memorySessionRows());
