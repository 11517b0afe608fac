import { metaProject } from '#shared/domain/coordinator.ts';

/** What stands beside a session for its project, where it has one. */
export const projectLabel = (project: string): string => (project === metaProject ? 'meta orchestrator' : project);
