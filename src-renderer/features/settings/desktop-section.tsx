import type { Settings } from '#shared/domain/settings.ts';
import { Segments } from '../../components/segments.tsx';
import { useApp, useStore } from '../app-context.tsx';
import { Row, RowLabel, Section } from './section.tsx';

const ways: readonly { readonly value: Settings['quitting']; readonly label: string }[] = [
  { value: 'ask', label: 'Ask' },
  { value: 'keep', label: 'Keep them running' },
  { value: 'stop', label: 'Stop them' },
];

/** What only the desktop app does; in a browser it is shown, with the reason why not. */
export function DesktopSection() {
  const app = useApp();
  const { quitting } = useStore(app.settings);
  const inBrowser = app.desktop === null;
  return (
    <Section title="Desktop app" {...(inBrowser ? { note: 'not available in a browser' } : {})}>
      <Row>
        <RowLabel
          id="quitting-label"
          note={
            inBrowser
              ? 'A tab has nothing to quit: closing it always leaves agents running.'
              : 'Closing a window never stops an agent.'
          }
        >
          When Athene quits while agents run
        </RowLabel>
        <Segments
          options={ways}
          chosen={quitting}
          labelledBy="quitting-label"
          disabled={inBrowser}
          onChoose={(chosen) => void app.changeSettings({ quitting: chosen })}
        />
      </Row>
      {inBrowser ? (
        <Row>
          <RowLabel note="A browser keeps these from a page. The number in the tab’s title counts those that wait instead.">
            Tray, badge and windows that stay on top
          </RowLabel>
        </Row>
      ) : null}
    </Section>
  );
}
