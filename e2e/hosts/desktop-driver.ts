// What a spec can see and do of a desktop app besides its pages.

export interface MenuRecord {
  readonly label: string;
  readonly type: string;
  readonly enabled: boolean;
  readonly checked: boolean;
  readonly accelerator: string | null;
  readonly registersAccelerator: boolean;
  readonly role: string | null;
  readonly submenu: readonly MenuRecord[] | null;
}

export interface NotificationRecord {
  readonly title: string;
  readonly body: string;
  readonly isOpen: boolean;
}

export interface DialogRecord {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
  readonly checkbox: string | null;
  readonly defaultButton: string;
}

export interface WindowRecord {
  /** Chromium's name of its page; empty while there is none. */
  readonly target: string;
  readonly title: string;
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly isVisible: boolean;
  readonly isFocused: boolean;
  readonly isAlwaysOnTop: boolean;
}

export interface DesktopRecord {
  /** The theme that the app's pages are told. */
  readonly isDark: boolean;
  readonly badge: number;
  readonly tray: null | {
    /** Name of the picture's file. */
    readonly image: string;
    readonly tooltip: string;
    readonly menu: readonly MenuRecord[];
  };
  readonly menu: readonly MenuRecord[];
  readonly popUps: number;
  readonly notifications: readonly NotificationRecord[];
  /** Not yet answered; the oldest first. */
  readonly dialogs: readonly DialogRecord[];
  readonly opened: readonly string[];
  readonly revealed: readonly string[];
  readonly foreignRequests: readonly string[];
  /** In the order in which they were made. */
  readonly windows: readonly WindowRecord[];
}

/** What is sent to the stand-in; it answers each. */
export type DesktopAct =
  | { readonly kind: 'record' }
  /** Labels, the first letters of each suffice. */
  | { readonly kind: 'menu' | 'tray'; readonly path: readonly string[] }
  | { readonly kind: 'click-tray' | 'activate' | 'quit' | 'blur' }
  /** Counted from 0 over all that were ever shown. */
  | { readonly kind: 'click-notification'; readonly index: number }
  | { readonly kind: 'answer'; readonly button: string; readonly checked?: boolean }
  | { readonly kind: 'folder'; readonly path: string | null }
  | { readonly kind: 'displays'; readonly areas: readonly WindowRecord['bounds'][] }
  /** Windows are counted from 0, as they are recorded. */
  | { readonly kind: 'bounds'; readonly window: number; readonly bounds: WindowRecord['bounds'] }
  | { readonly kind: 'focus' | 'crash' | 'close'; readonly window: number }
  | { readonly kind: 'open-url'; readonly url: string }
  | { readonly kind: 'theme'; readonly dark: boolean };

export interface DesktopDriver {
  record(): Promise<DesktopRecord>;
  act(act: DesktopAct): Promise<void>;
}
