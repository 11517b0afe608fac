import { isCoordinator } from '#shared/domain/coordinator.ts';
import { ChevronLeft, ChevronRight, PanelLeft, PanelRight, PictureInPicture2 } from 'lucide-react';
import { IconButton } from '../../components/button.tsx';
import { CoordinatorActions } from '../coordinator/coordinator-actions.tsx';
import { NoticeBell } from '../notices/notice-bell.tsx';
import { SessionActions } from '../session/session-actions.tsx';
import { useApp, useStore, useSurroundings, useView } from '../app-context.tsx';
import { AttentionButton } from './attention-button.tsx';
import { Breadcrumb } from './breadcrumb.tsx';
import { run } from './key-router.ts';
import { ThemeSwitch } from './theme-switch.tsx';
import { MenuButton, TitleFrame } from './title-frame.tsx';

export function TitleBar() {
  const app = useApp();
  const view = useView();
  return (
    <TitleFrame>
      <div
        className={`title-start flex shrink-0 items-center gap-1 ${view.sidebar === 'rail' ? '' : 'min-[900px]:w-[264px]'}`}
      >
        <MenuButton />
        <IconButton
          label="Toggle sidebar"
          className="max-[900px]:hidden"
          pressed={view.sidebar === 'open'}
          onClick={() => app.view.update((now) => ({ ...now, sidebar: now.sidebar === 'open' ? 'rail' : 'open' }))}
        >
          <PanelLeft size={16} strokeWidth={1.4} />
        </IconButton>
        <IconButton label="Back" disabled={view.back.length === 0} onClick={() => app.view.goBack()}>
          <ChevronLeft size={17} strokeWidth={1.6} />
        </IconButton>
        <IconButton label="Forward" disabled={view.forward.length === 0} onClick={() => app.view.goForward()}>
          <ChevronRight size={17} strokeWidth={1.6} />
        </IconButton>
      </div>
      <Breadcrumb />
      <div className="ms-auto flex shrink-0 items-center gap-1 ps-2">
        <Actions />
        <AttentionButton />
        <NoticeBell />
        <span className="flex @max-[700px]:hidden">
          <ThemeSwitch />
        </span>
        {view.place.kind === 'session' ? (
          <IconButton label="Toggle inspector" pressed={view.inspector} onClick={() => app.view.toggleInspector()}>
            <PanelRight size={16} strokeWidth={1.4} />
          </IconButton>
        ) : null}
      </div>
    </TitleFrame>
  );
}

function Actions() {
  const surroundings = useSurroundings();
  const { place } = useView();
  const sessions = useStore(surroundings.app.sessions);
  const session = place.kind === 'session' ? sessions?.find(({ id }) => id === place.id) : undefined;
  if (session === undefined) return null;
  return (
    <span className="me-1 flex gap-1">
      {session.terminal === null ? null : (
        <IconButton label="Pop out" onClick={() => run('pop-out', surroundings)}>
          <PictureInPicture2 size={16} strokeWidth={1.4} />
        </IconButton>
      )}
      {isCoordinator(session.kind) ? (
        <CoordinatorActions key={session.id} session={session} />
      ) : (
        <SessionActions key={session.id} session={session} />
      )}
    </span>
  );
}
