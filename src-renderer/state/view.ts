// What this window shows: where it is, what is open, and the way back.
import type { Away } from '#shared/domain/away.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { WorkspaceChoice } from '#shared/domain/workspace.ts';
import type { TreeStand } from './led-tree.ts';
import { createStore, type Store } from '../lib/store.ts';

export type Place =
  | { readonly kind: 'home' }
  | { readonly kind: 'session'; readonly id: string }
  /** A spawn that runs or failed. */
  | { readonly kind: 'spawn'; readonly request: string }
  | { readonly kind: 'welcome' }
  | { readonly kind: 'settings' };

export interface SpawnDialogStart {
  readonly project?: string;
  readonly agent?: string;
  readonly prompt?: string;
  /** The failed spawn that is being edited; it is dismissed when the new one starts. */
  readonly replaces?: string;
  readonly issue?: string | null;
  readonly name?: string | null;
  readonly command?: string | null;
  readonly branch?: string | null;
  readonly base?: string | null;
  readonly workspace?: WorkspaceChoice;
  readonly setUp?: boolean;
  /** Why the last try came to nothing at once. */
  readonly problem?: Problem;
}

/** What is started, or begun anew, that leads others. */
export type LeadDialogStart =
  | { readonly kind: 'orchestrator'; readonly project: string }
  /** Null: one that is not configured yet. */
  | { readonly kind: 'meta'; readonly name: string | null }
  | { readonly kind: 'relaunch'; readonly id: string };

/** How the panel of a coordinator stands, so that it stands the same when somebody comes back to it. */
export interface PanelStand extends TreeStand {
  readonly tab: 'tree' | 'ledger' | 'limits' | 'summary' | 'timeline';
  /** Key of the row that has the keyboard, or would have. */
  readonly cursor: string | null;
}

export interface Toast {
  readonly id: number;
  readonly text: string;
  /** Takes back what it tells of. */
  readonly undo?: () => void;
}

export interface QueueFilter {
  readonly project: string | null;
  readonly agent: string | null;
  readonly state: string | null;
}

/** How the queue stands, so that it stands the same when somebody comes back to it. */
export interface QueueStand {
  /** The session whose row has the keyboard, or would have. */
  readonly cursor: string | null;
  readonly selected: ReadonlySet<string>;
  readonly peek: boolean;
  readonly filter: QueueFilter;
  /** CSS pixels. */
  readonly scroll: number;
}

/** What had the keyboard: the terminal, or something that can be found again by this selector. */
export type FocusMark = 'terminal' | { readonly selector: string } | null;

/** Where somebody was when they jumped to the first that waits, as it was there. */
export interface Origin extends Pick<View, 'place' | 'terminals' | 'sheet'> {
  readonly focus: FocusMark;
  /** The session that was jumped to last: from there the chain goes on. */
  readonly at: string;
}

export interface View {
  readonly place: Place;
  readonly back: readonly Place[];
  readonly forward: readonly Place[];
  readonly sidebar: 'open' | 'rail';
  readonly inspector: boolean;
  /** The inspector of a narrow window covers the terminal: it is open until it was read. */
  readonly sheet: boolean;
  readonly closedProjects: ReadonlySet<string>;
  readonly dialog: SpawnDialogStart | null;
  readonly leading: LeadDialogStart | null;
  /** By coordinator. */
  readonly panels: ReadonlyMap<string, PanelStand>;
  /** Somebody is asked whether all agents are to be paused. */
  readonly pausing: boolean;
  readonly toasts: readonly Toast[];
  /** By session, the terminal beside its agent's that is shown instead. */
  readonly terminals: ReadonlyMap<string, string>;
  /** Sessions of which what was said is shown instead of their agent's terminal. */
  readonly conversations: ReadonlySet<string>;
  /** Counted up when the place's terminal should take the keyboard. */
  readonly focusTerminal: number;
  /** Time of the recovery whose note was put away; 0: none. */
  readonly seenRecovery: number;
  readonly queue: QueueStand;
  /** Null: nobody has jumped, or they are back. */
  readonly origin: Origin | null;
  /** The session that is answered without going to it. */
  readonly quickReply: string | null;
  /** Counted up when the place's answer card, or its message bar, should take the keyboard. */
  readonly focusCard: number;
  readonly focusMessage: number;
  /** By session, the text that somebody has begun to write to it. */
  readonly messages: ReadonlyMap<string, string>;
  /** Null: nobody was away for long, or what there is to tell was put away. */
  readonly away: Away | null;
}

export const noFilter: QueueFilter = { project: null, agent: null, state: null };

const longestHistory = 50;
export const newPanel: PanelStand = { tab: 'tree', filter: 'all', switched: new Set(), cursor: null };
/** Milliseconds that a toast stays; one that offers to undo. */
const [toastTime, undoTime] = [6_000, 10_000];

export interface ViewState extends Store<View> {
  /** `focus`: opened by key or double click, so its terminal takes the keyboard. */
  go(place: Place, options?: { readonly focus?: boolean }): void;
  goBack(): void;
  goForward(): void;
  toggleInspector(): void;
  toast(text: string, undo?: () => void): void;
  dismissToast(id: number): void;
}

/** @param narrow is the window so narrow that the inspector is a sheet over the terminal? */
export function createView(start: Partial<View> = {}, narrow: () => boolean = () => false): ViewState {
  const store = createStore<View>({
    place: { kind: 'home' },
    back: [],
    forward: [],
    sidebar: 'open',
    inspector: true,
    sheet: false,
    closedProjects: new Set(),
    dialog: null,
    leading: null,
    panels: new Map(),
    pausing: false,
    toasts: [],
    terminals: new Map(),
    conversations: new Set(),
    focusTerminal: 0,
    seenRecovery: 0,
    queue: { cursor: null, selected: new Set(), peek: true, filter: noFilter, scroll: 0 },
    origin: null,
    quickReply: null,
    focusCard: 0,
    focusMessage: 0,
    messages: new Map(),
    away: null,
    ...start,
  });
  let lastToast = 0;
  const dismissToast = (id: number): void =>
    store.update((view) => ({ ...view, toasts: view.toasts.filter((toast) => toast.id !== id) }));
  return {
    ...store,
    go(place, { focus = false } = {}) {
      store.update((view) => ({
        ...view,
        focusTerminal: focus ? view.focusTerminal + 1 : view.focusTerminal,
        ...(samePlace(view.place, place)
          ? {}
          : { place, sheet: false, back: [...view.back, view.place].slice(-longestHistory), forward: [] }),
      }));
    },
    goBack() {
      store.update((view) => {
        const place = view.back.at(-1);
        if (place === undefined) return view;
        return { ...view, place, back: view.back.slice(0, -1), forward: [view.place, ...view.forward] };
      });
    },
    goForward() {
      store.update((view) => {
        const [place, ...forward] = view.forward;
        if (place === undefined) return view;
        return { ...view, place, back: [...view.back, view.place], forward };
      });
    },
    toggleInspector() {
      store.update((view) => (narrow() ? { ...view, sheet: !view.sheet } : { ...view, inspector: !view.inspector }));
    },
    toast(text, undo) {
      const id = (lastToast += 1);
      const toast: Toast = undo === undefined ? { id, text } : { id, text, undo };
      store.update((view) => ({ ...view, toasts: [...view.toasts, toast] }));
      setTimeout(() => dismissToast(id), undo === undefined ? toastTime : undoTime);
    },
    dismissToast,
  };
}

export const samePlace = (a: Place, b: Place): boolean => placeToHash(a) === placeToHash(b);

/** The place as the address's fragment, so that a reload comes back to it. */
export function placeToHash(place: Place): string {
  switch (place.kind) {
    case 'session':
      return `#/session/${encodeURIComponent(place.id)}`;
    case 'spawn':
      return `#/spawn/${encodeURIComponent(place.request)}`;
    case 'home':
      return '#/';
    default:
      return `#/${place.kind}`;
  }
}

export function placeFromHash(hash: string): Place {
  const [, kind = '', id = ''] = hash.split('/');
  if (kind === 'session' && id !== '') return { kind, id: decode(id) };
  if (kind === 'spawn' && id !== '') return { kind, request: decode(id) };
  return kind === 'welcome' || kind === 'settings' ? { kind } : { kind: 'home' };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return ''; // Somebody wrote the address by hand; an empty id is shown as not found.
  }
}
