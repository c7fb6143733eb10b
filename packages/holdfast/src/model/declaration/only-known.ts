import { nearest } from '../../kit/nearest.ts';
import { callSite } from './call-site.ts';
import { wrong } from './wrong.ts';

/** The same object, whose members can be misspelt only with a Problem that names those that there are. */
export function onlyKnown<T extends object>(members: T, of: string): T {
  return new Proxy(members, { get });

  function get(all: T, key: string | symbol): unknown {
    // `then` is what a Promise asks of whatever it is resolved with.
    if (typeof key === 'symbol' || key === 'then' || Object.hasOwn(all, key)) return Reflect.get(all, key);
    throw wrong({ where: callSite(get), ...unknownMember(key, Object.keys(all), of) });
  }
}

function unknownMember(key: string, known: readonly string[], of: string) {
  const meant = nearest(key, known);
  return {
    what: `${of} has no ${key}`,
    why: `it has ${known.join(', ')}`,
    fix: meant ? `did you mean .${meant}(…)?` : 'use one of these',
  };
}
