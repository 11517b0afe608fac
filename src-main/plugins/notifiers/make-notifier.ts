// From an entry of config.yaml to the notifier that it means. What it names of the environment is filled in only here.
import { basename } from 'node:path';
import type { NotifierDefinition } from '#shared/domain/notifier.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { command } from './command.ts';
import { discord } from './discord.ts';
import type { Notifier } from './notifier.ts';
import type { PostTarget } from './post-json.ts';
import { slack } from './slack.ts';
import { webhook } from './webhook.ts';

export interface NotifierSurroundings {
  /** What `${NAME}` means. */
  readonly variables: Readonly<Record<string, string>>;
  /** In which commands run. */
  readonly env: Readonly<Record<string, string>>;
  /** Where commands run. */
  readonly cwd: string;
  /** Those of plug-ins, by name. */
  readonly others?: (name: string, config: Readonly<Record<string, unknown>>) => Notifier | null;
}

/** Null for the desktop, which each window's own process tells. The problem is for people, and holds no secret. */
export function makeNotifier(
  definition: NotifierDefinition,
  { variables, env, cwd, others }: NotifierSurroundings,
): Result<Notifier | null, string> {
  switch (definition.plugin) {
    case 'desktop':
      return ok(null);
    case 'command': {
      const timeoutMs = (definition.timeoutSeconds ?? usualPatience) * 1000;
      return ok(command({ argv: definition.command, timeoutMs, env, cwd }));
    }
    case 'webhook':
      return onTarget(definition, variables, webhook);
    case 'slack':
      return onTarget(definition, variables, slack);
    case 'discord':
      return onTarget(definition, variables, discord);
    case 'external': {
      const other = others?.(definition.name, definition.config) ?? null;
      return other === null ? fail(`there is no plug-in called ${definition.name} for notifiers`) : ok(other);
    }
    default:
      return assertNever(definition);
  }
}

type Variables = NotifierSurroundings['variables'];
const usualPatience = 10;

function onTarget(
  definition: { readonly url: string; readonly headers?: Readonly<Record<string, string>> | undefined },
  variables: Variables,
  make: (target: PostTarget) => Notifier,
): Result<Notifier, string> {
  const url = addressIn(definition.url, variables);
  if (!url.ok) return url;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(definition.headers ?? {})) {
    const filled = fill(value, variables);
    if (!filled.ok) return fail(`headers.${name}: ${filled.problem}`);
    if (/[\0\r\n]/.test(filled.value)) return fail(`headers.${name}: it must be one line`);
    headers[name.toLowerCase()] = filled.value.trim();
  }
  return ok(make({ url: url.value, headers }));
}

function addressIn(text: string, variables: Variables): Result<URL, string> {
  const filled = fill(text, variables);
  if (!filled.ok) return fail(`url: ${filled.problem}`);
  if (!URL.canParse(filled.value)) return fail('url: it is no address');
  const url = new URL(filled.value);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return fail('url: it must begin with https:// or http://');
  if (url.username !== '' || url.password !== '') return fail('url: put its credentials into a header instead');
  return ok(url);
}

const variable = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

function fill(text: string, variables: Variables): Result<string, string> {
  const named = [...text.matchAll(variable)].map(([, name = '']) => name);
  const missing = named.find((name) => (variables[name] ?? '') === '');
  if (missing !== undefined) return fail(`the environment has no ${missing}`);
  return ok(text.replace(variable, (_, name: string) => variables[name] ?? '').trim());
}

/** Where it tells, for people: a host without its path, the variables of an address, the name of a program. */
export function whereOf(definition: NotifierDefinition): string {
  switch (definition.plugin) {
    case 'desktop':
      return 'this computer';
    case 'command':
      return basename(definition.command[0] ?? '');
    case 'external':
      return definition.name;
    default: {
      const names = [...definition.url.matchAll(variable)].map(([, name]) => `$${name}`);
      if (names.length > 0) return names.join(' ');
      return URL.canParse(definition.url) ? new URL(definition.url).host : '';
    }
  }
}
