// What is unusual about a command that somebody is asked to allow. A hint for whoever reads it, concluded from words: a command without any may do harm all the same.
import type { Unusual } from './asked-question.ts';

/** Characters that are looked at. */
const longest = 8000;

/**
 * @param root the directory that the work is to stay in; null: nobody knows, and a path in it can't be told from one outside
 */
export function unusualIn(command: string, root: string | null): readonly Unusual[] {
  const text = command.slice(0, longest);
  const calls = callsIn(text);
  const found: Record<Unusual, boolean> = {
    deletes: calls.some(deletes),
    network: calls.some(usesNetwork) || /\b(?:https?|ftp|ssh|wss?):\/\//iu.test(text),
    'outside-worktree': calls.some((words) => words.some((word) => isOutside(word, root))),
    privileged: calls.some((words) => words.slice(0, words.length - callOf(words).rest.length).some(isPrivileged)),
  };
  return order.filter((each) => found[each]);
}

const order: readonly Unusual[] = ['deletes', 'network', 'outside-worktree', 'privileged'];

type Words = readonly string[];

/** What is called one after the other, and what a shell is handed to call. */
function callsIn(text: string): readonly Words[] {
  // What a quoted text holds is no call of its own.
  const quiet = text.replace(/'[^']*'|"[^"$`]*"/gu, (quoted) => quoted.replace(/[;|&()`\n]/gu, ' '));
  const handed = text.match(/\b(?:ba|z|da|k)?sh\s{1,9}-[a-z]{0,9}c\s{1,9}(?:"[^"]*"|'[^']*')/gu) ?? [];
  const inner = handed.map((call) => call.replace(/^[^"']*["']/u, '').slice(0, -1));
  return [quiet, ...inner].flatMap((part) => part.split(/\n|&&|\|\||[;|&]|\$\(|`|\(/u).map(wordsOf));
}

/** Without quotes. */
function wordsOf(call: string): Words {
  const words = (call.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/gu) ?? []).map((word) => word.replace(/["']/gu, ''));
  const first = words.findIndex((word) => !/^[A-Za-z_]\w*=/u.test(word));
  return first < 0 ? [] : words.slice(first);
}

const privileged: ReadonlySet<string> = new Set(['sudo', 'su', 'doas', 'pkexec', 'runas', 'chroot']);
const isPrivileged = (word: string): boolean => privileged.has(nameOf(word));
/** They run what stands behind them. */
const runners: ReadonlySet<string> = new Set([
  ...privileged,
  'env',
  'nohup',
  'time',
  'xargs',
  'exec',
  'command',
  'nice',
]);

const nameOf = (word: string): string => word.slice(word.lastIndexOf('/') + 1).toLowerCase();

/** The program and what it is told, behind those that only run it. */
function callOf(words: Words): { readonly name: string; readonly rest: Words } {
  const at = words.findIndex((word, index) => !(runners.has(nameOf(word)) || (index > 0 && /^(?:-|\w+=)/u.test(word))));
  return at < 0 ? { name: '', rest: [] } : { name: nameOf(words[at] ?? ''), rest: words.slice(at + 1) };
}

/** What is there is gone afterwards. */
function deletes(words: Words): boolean {
  const { name, rest } = callOf(words);
  const says = (pattern: RegExp): boolean => rest.some((word) => pattern.test(word));
  if (/^(?:rm|rmdir|unlink|shred|truncate|dd|mkfs(?:\.\w+)?|del|rd)$/u.test(name)) return true;
  if (name === 'git') return deletesInGit(rest);
  if (name === 'find') return says(/^-delete$/u) || (says(/^-exec(?:dir)?$/u) && says(/^(?:.*\/)?rm$/u));
  if (/^(?:docker|podman|kubectl|helm|terraform)$/u.test(name))
    return says(/^(?:prune|rm|rmi|delete|uninstall|destroy)$/u);
  return /\bdrop\s+(?:table|database|schema)\b|\bdelete\s+from\b/iu.test(words.join(' '));
}

function deletesInGit(rest: Words): boolean {
  const says = (pattern: RegExp): boolean => rest.some((word) => pattern.test(word));
  const verb = rest.find((word, index) => !word.startsWith('-') && !/^-[cC]$/u.test(rest[index - 1] ?? ''));
  switch (verb) {
    case 'push':
      return says(/^(?:-[a-z]*[fd][a-z]*|--force.*|--delete|--mirror|--prune|[+:]\S+)$/u);
    case 'reset':
      return says(/^--(?:hard|merge)$/u);
    case 'branch':
    case 'tag':
      return says(/^(?:-[a-zA-Z]*[dD]|--delete)$/u);
    case 'checkout':
      return says(/^(?:--|-f|--force|\.)$/u);
    case 'stash':
      return says(/^(?:drop|clear)$/u);
    case 'worktree':
      return says(/^remove$/u);
    case 'clean':
    case 'restore':
    case 'rm':
    case 'filter-branch':
      return true;
    default:
      return false;
  }
}

const speakers =
  /^(?:curl|wget|ssh|scp|sftp|ftp|nc|ncat|netcat|telnet|rsync|gh|glab|npx|pnpx|bunx|uvx|aws|gcloud|az|heroku|vercel|flyctl|ping|dig)$/u;
const installers =
  /^(?:npm|pnpm|yarn|bun|pip3?|uv|cargo|gem|go|brew|apt|apt-get|dnf|apk|docker|podman|kubectl|helm|terraform)$/u;
const reaching =
  /^(?:publish|install|i|ci|add|update|upgrade|get|login|push|pull|apply|deploy|exec|dlx|create|init|search|view|audit)$/u;

function usesNetwork(words: Words): boolean {
  const { name, rest } = callOf(words);
  if (speakers.test(name)) return true;
  const verb = rest.find((word) => !word.startsWith('-')) ?? '';
  if (name === 'git') return /^(?:push|pull|fetch|clone|ls-remote|remote|submodule)$/u.test(verb);
  // `yarn` alone installs.
  return installers.test(name) && (reaching.test(verb) || (name === 'yarn' && verb === ''));
}

/** A path that leads out of it; the program itself may be wherever it is installed. */
function isOutside(word: string, root: string | null): boolean {
  const path = word.replace(/^(?:\d?[<>]{1,2}&?|-{1,2}[\w-]+=|\w+=|@)/u, '');
  if (/^(?:~|\$HOME\b|\$\{HOME\})/u.test(path)) return true;
  if (/^\/dev\/(?:null|std(?:in|out|err)|tty)$/u.test(path)) return false;
  if (path.startsWith('/')) {
    const isProgram = /^\/(?:usr\/(?:local\/)?)?s?bin\//u.test(path);
    return root !== null && !isProgram && path.length > 1 && !isWithin(path, root);
  }
  return climbsOut(path);
}

const isWithin = (path: string, root: string): boolean => {
  const base = root.replace(/\/+$/u, '');
  return (path === base || path.startsWith(`${base}/`)) && !climbsOut(path.slice(base.length + 1));
};

function climbsOut(path: string): boolean {
  let depth = 0;
  for (const part of path.split('/')) {
    if (part === '..') depth -= 1;
    else if (part !== '' && part !== '.') depth += 1;
    if (depth < 0) return true;
  }
  return false;
}
