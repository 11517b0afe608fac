import type { useApp } from '../app-context.tsx';

export function toggleProject(app: ReturnType<typeof useApp>, id: string): void {
  app.view.update((view) => {
    const closedProjects = new Set(view.closedProjects);
    if (!closedProjects.delete(id)) closedProjects.add(id);
    return { ...view, closedProjects };
  });
}
