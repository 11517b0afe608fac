import { Minus, Plus } from 'lucide-react';
import { IconButton } from '../../components/button.tsx';
import { Segments } from '../../components/segments.tsx';
import { useApp, useStore } from '../app-context.tsx';
import { Row, Section } from './section.tsx';

const themes = [
  { value: 'system', label: 'As the system' },
  { value: 'dark', label: 'Dark' },
  { value: 'light', label: 'Light' },
] as const;

export function Appearance() {
  const app = useApp();
  const { theme, terminalFontSize } = useStore(app.settings);
  const setSize = (size: number) => void app.changeSettings({ terminalFontSize: size });
  return (
    <Section title="Appearance">
      <Row>
        <span className="flex-1" id="theme-label">
          Theme
        </span>
        <Segments
          options={themes}
          chosen={theme}
          labelledBy="theme-label"
          onChoose={(chosen) => void app.changeSettings({ theme: chosen })}
        />
      </Row>
      <Row>
        <span className="flex-1">Terminal font size</span>
        <IconButton label="Smaller" disabled={terminalFontSize <= 8} onClick={() => setSize(terminalFontSize - 1)}>
          <Minus size={15} />
        </IconButton>
        <output className="tabular w-10 text-center" aria-label="Terminal font size">
          {terminalFontSize} px
        </output>
        <IconButton label="Larger" disabled={terminalFontSize >= 32} onClick={() => setSize(terminalFontSize + 1)}>
          <Plus size={15} />
        </IconButton>
      </Row>
    </Section>
  );
}
