/** Features that the user can switch off. */
import type { LoadpathServices } from './services.ts';
import type { Flag } from './settings.ts';

/** The provider while its setting is on; while it is off, each of its answers is empty, which every request may be. */
export function switchable<Provider extends object>(
  { lsp }: LoadpathServices,
  flag: Flag,
  provider: Provider,
): Provider {
  return new Proxy(provider, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...args: readonly unknown[]) =>
        lsp.Settings.values[flag] ? Reflect.apply(member, target, args) : undefined;
    },
  });
}
