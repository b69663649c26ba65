export { makeMoodleSource, type MoodleSourceOptions } from "./moodle-source.ts";
export { type Invariant, pageInvariants, readInvariants } from "./store/page-invariants.ts";
export { moodleMap } from "./moodle-map.ts";
export { errors } from "./errors.ts";
