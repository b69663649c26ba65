import { pluginContract } from "@preau/testing";
import { dataSubjectRequestsPlugin } from "../src/index.ts";

pluginContract(dataSubjectRequestsPlugin);
