import type { ProjectColour } from '#shared/domain/project-colour.ts';

/** A square of the project's colour. It tells nothing by itself: the project's name stands beside it. */
export const ProjectMark = ({ colour, size = 9 }: { readonly colour: ProjectColour; readonly size?: number }) => (
  <span
    aria-hidden="true"
    style={{ width: size, height: size, background: typeof colour === 'number' ? `var(--project-${colour})` : colour }}
    // A colour that somebody named may be that of the ground.
    className={`inline-block shrink-0 rounded-[2px] ${typeof colour === 'number' ? '' : 'border border-control'}`}
  />
);
