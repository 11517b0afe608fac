import { tidingsJson } from './tidings-json.ts';
import { postsJson, type PostTarget } from './post-json.ts';

/** A notice as JSON, to any address. */
export const webhook = (target: PostTarget) => postsJson(target, tidingsJson);
