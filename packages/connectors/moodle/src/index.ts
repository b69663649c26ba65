export { makeMoodleSource, type MoodleSourceOptions } from "./moodle-source.ts";
export { moodleMap } from "./moodle-map.ts";
export { errors } from "./errors.ts";
