import { pluginContract } from "@preau/testing";
import { mailerPlugin } from "../src/index.ts";

pluginContract(mailerPlugin);
