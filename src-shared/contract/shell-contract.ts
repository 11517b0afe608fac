// What a window asks of the desktop app around it; a browser tab has nobody to ask. Intents and ids, never paths or programs.
import { z } from 'zod';
import { sessionIdSchema, uuidSchema } from '#shared/domain/identifier.ts';
import { commandNames } from '#shared/domain/key-map.ts';
import { windowLayoutSchema, windowViewSchema } from '#shared/domain/window.ts';
import { call, defineContract, feed } from '#shared/rpc/define-contract.ts';

const nothing = z.strictObject({});
const done = z.null();

/** What a person chose for this window outside of it: in the menu, the tray or a notification. */
export const choiceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ id: uuidSchema, kind: z.literal('command'), command: z.enum(commandNames) }),
  z.strictObject({ id: uuidSchema, kind: z.literal('show'), session: sessionIdSchema }),
  /** One line that explains what just happened. */
  z.strictObject({ id: uuidSchema, kind: z.literal('tell'), text: z.string().max(300) }),
]);
export type Choice = z.infer<typeof choiceSchema>;

export const shellContract = defineContract({
  version: { major: 1, minor: 0 },
  members: {
    /** `layout` is what the window showed last; null for a new one. `restored`: it was made anew after its page died. */
    'window.self': call({
      input: nothing,
      output: z.strictObject({
        window: windowViewSchema,
        layout: windowLayoutSchema.nullable(),
        restored: z.boolean(),
      }),
      problems: [],
    }),
    'window.setLayout': call({ input: windowLayoutSchema, output: done, problems: [] }),
    /** The session that is in sight here now, so that nobody is notified of what they see; null when none is. */
    'window.setShown': call({
      input: z.strictObject({ session: sessionIdSchema.nullable() }),
      output: done,
      problems: [],
    }),
    /** Another window over the same sessions. */
    'window.open': call({ input: nothing, output: done, problems: [] }),
    /** Gives the session a window of its own, or brings forward the one that it has. */
    'window.popOut': call({
      input: z.strictObject({ session: sessionIdSchema }),
      output: done,
      problems: ['session-unknown'],
    }),
    /** Closes the session's own window and shows the session in another one. */
    'window.bringBack': call({ input: z.strictObject({ session: sessionIdSchema }), output: done, problems: [] }),
    /**
     * For a session's own window, which has no room for it: the command is done in the main window that was used last, brought
     * forward; in a new one when there is none. It comes there as a choice.
     */
    'window.runInMain': call({ input: z.strictObject({ command: z.enum(commandNames) }), output: done, problems: [] }),
    'window.setAlwaysOnTop': call({ input: z.strictObject({ on: z.boolean() }), output: done, problems: [] }),
    /** Shows the application menu at this point of the window, where the system shows no menu bar. CSS pixels. */
    'window.showMenu': call({
      input: z.strictObject({ x: z.int().nonnegative(), y: z.int().nonnegative() }),
      output: done,
      problems: [],
    }),
    /** Opens the page in the person's browser. Only http and https; the window has asked before. */
    'link.open': call({
      input: z.strictObject({ url: z.string().min(1).max(8192) }),
      output: done,
      problems: ['link-refused'],
    }),
    /** Shows the session's worktree in the system's file manager. */
    'worktree.reveal': call({
      input: z.strictObject({ session: sessionIdSchema }),
      output: done,
      problems: ['session-unknown', 'worktree-missing'],
    }),
    /** Asks for a folder with the system's dialog; null when the person closed it. */
    'folder.choose': call({ input: nothing, output: z.strictObject({ path: z.string().nullable() }), problems: [] }),

    /** Every window of the app. */
    windows: feed({ key: nothing, item: windowViewSchema, idOf: (window) => window.id }),
    /** Starts empty; each item is done once, when it comes. */
    choices: feed({ key: nothing, item: choiceSchema, idOf: (choice) => choice.id }),
  },
});
export type ShellContract = typeof shellContract;
