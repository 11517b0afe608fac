// Which agent it is, at a glance: its own picture, one of ours, or letters. Its name always stands beside it.
import {
  Bird,
  Bot,
  Cat,
  CodeXml,
  Cpu,
  FlaskConical,
  Rocket,
  SquareTerminal,
  Wrench,
  Zap,
  type LucideIcon,
} from 'lucide-react';
import { useState } from 'react';
import type { AgentView } from '#shared/domain/agent.ts';
import { initialsOf, type agentColours, type agentIcons } from '#shared/domain/own-agent.ts';

const named: Readonly<Record<(typeof agentIcons)[number], LucideIcon>> = {
  bot: Bot,
  terminal: SquareTerminal,
  code: CodeXml,
  cpu: Cpu,
  zap: Zap,
  wrench: Wrench,
  flask: FlaskConical,
  rocket: Rocket,
  cat: Cat,
  bird: Bird,
};

/** Those of projects: none of them is that of a state. The letters keep the colour of text, which these are too faint for. */
const colours: Readonly<Record<(typeof agentColours)[number], string>> = {
  grey: 'var(--text-3)',
  blue: 'var(--project-0)',
  green: 'var(--project-2)',
  amber: 'var(--project-5)',
  red: 'var(--project-6)',
  violet: 'var(--project-7)',
};

/** @param size CSS pixels */
export function AgentIcon({
  agent,
  size = 16,
}: {
  readonly agent: Pick<AgentView, 'name' | 'icon'>;
  readonly size?: number;
}) {
  const [failed, setFailed] = useState<string | null>(null);
  const { icon, name } = agent;
  if (icon !== null && 'name' in icon) {
    const Named = named[icon.name];
    return <Named size={size} strokeWidth={1.4} aria-hidden="true" className="shrink-0" />;
  }
  if (icon !== null && 'image' in icon && failed !== icon.image)
    return (
      <img
        src={icon.image}
        alt=""
        width={size}
        height={size}
        draggable={false}
        className="shrink-0 rounded-[3px] object-contain"
        onError={() => setFailed(icon.image)}
      />
    );
  const own = icon !== null && 'letters' in icon ? icon : { letters: initialsOf(name), colour: 'grey' as const };
  return (
    <span
      aria-hidden="true"
      className="inline-flex shrink-0 items-center justify-center rounded-[3px] border font-semibold text-soft"
      style={{
        ...{ width: size, height: size, fontSize: Math.round(size * 0.5), lineHeight: 1 },
        borderColor: colours[own.colour],
        background: `color-mix(in srgb, ${colours[own.colour]} var(--tint), transparent)`,
      }}
    >
      {own.letters.toUpperCase()}
    </span>
  );
}
