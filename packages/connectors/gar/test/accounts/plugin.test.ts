import { pluginContract } from "@preau/testing";
import { garPlugin } from "../../src/plugin.ts";

pluginContract(garPlugin);
