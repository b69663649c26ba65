export { type FileReplayList, openReplayList } from "./replay-list.ts";
export { errors } from "./errors.ts";
