// xterm.js loses its place for good when a handler throws; both of Athene's emulators guard against it in the same way.

/** The part of xterm.js 6.0.0's parser that is needed; the emulators check that it is there when a terminal is made. */
interface HandlerTables<Handler> {
  readonly _csiHandlers: Record<string, Handler[]>;
  readonly _escHandlers: Record<string, Handler[]>;
  readonly _executeHandlers: Record<number, Handler>;
}

/** A sequence whose handler throws loses its effect, and the next one is parsed. */
export function guardHandlers<Argument>(
  parser: HandlerTables<(argument?: Argument) => boolean | void | Promise<boolean>>,
): void {
  type Handler = (argument?: Argument) => boolean | void | Promise<boolean>;
  const guarded =
    (handler: Handler): Handler =>
    (argument) => {
      try {
        return handler(argument);
      } catch {
        // Whatever one sequence of hostile output breaks in the emulator, the next one must still be parsed.
        return true;
      }
    };
  for (const handlers of [...Object.values(parser._csiHandlers), ...Object.values(parser._escHandlers)])
    for (const [index, handler] of handlers.entries()) handlers[index] = guarded(handler);
  for (const [code, handler] of Object.entries(parser._executeHandlers))
    parser._executeHandlers[Number(code)] = guarded(handler);
}
