// What keeps the stand-in honest: whatever it lacks throws by name, instead of being undefined.

/** Properties that are looked for on anything: by promises, by JSON, by inspection. */
const common = new Set<string | symbol>(['then', 'toJSON', 'constructor', 'asymmetricMatch', 'nodeType', 'off']);

export function listed<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, property) {
      if (property in object || typeof property === 'symbol' || property.startsWith('_') || common.has(property))
        return Reflect.get(object, property) as unknown;
      throw new Error(`The stand-in for Electron has no ${name}.${property}: add it, or do without.`);
    },
  });
}

/** The named members of a thing of Electron's, as the stand-in must take them; what it returns may be less. */
export type Part<T, Name extends keyof T> = {
  [K in Name]: T[K] extends (...given: infer Given) => unknown ? (...given: Given) => unknown : T[K];
};

/** An event that a listener may keep from having its effect. */
export class Preventable {
  defaultPrevented = false;
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}
