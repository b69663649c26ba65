import path from "node:path";
import { replayListContract, temporaryFolder } from "@preau/testing";
import { openReplayList } from "../src/index.ts";

replayListContract("a folder", () => ({
  list: openReplayList(path.join(temporaryFolder(), "replay")),
}));
