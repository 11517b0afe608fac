/** Expected outcomes as values: a call either worked, or met a Problem of a closed union. */
export type Result<T, P> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: P };

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });
export const fail = <P>(problem: P): Result<never, P> => ({ ok: false, problem });
