import { pluginContract } from "@preau/testing";
import { backupsPlugin } from "../src/index.ts";

pluginContract(backupsPlugin);
