import { pluginContract } from "@preau/testing";
import { mailerOptions, mailerPlugin, makePost } from "../src/index.ts";

pluginContract(mailerPlugin, { ports: { post: makePost(mailerOptions.parse({ host: "127.0.0.1" }), []) } });
