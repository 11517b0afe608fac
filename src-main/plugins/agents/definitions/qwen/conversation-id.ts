/** Qwen Code 0.24.4 takes no UUID of a version after the fifth: ours is told as one of the fourth, which it is again when it is told so. */
export const conversationId = (assigned: string): string =>
  assigned.replace(/^([0-9a-f]{8}-[0-9a-f]{4})-[6-9a-f](?=[0-9a-f]{3}-)/u, '$1-4');
