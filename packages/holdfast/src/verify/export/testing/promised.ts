import { declaredFor } from '../../../model/declaration/slot.ts';
import { probe } from '../../../model/probe.ts';
import { type PromiseOptions, promise } from '../../../model/promise.ts';
import { system } from '../../../model/system.ts';
import type { SystemModel } from '../../../model/system-model.ts';
import { team } from '../../../model/team.ts';

/** A shop that makes these promises; those with an objective are measured from outside, every 15s. */
export const promised = (promises: Readonly<Record<string, Partial<PromiseOptions>>>): SystemModel =>
  declaredFor({ name: 'production' }, () =>
    system('shop', () => {
      const by = team('crew', { people: ['ada@shop.example'] });
      const measured = probe.https('https://shop.example/').within('800ms');
      for (const [sentence, options] of Object.entries(promises))
        promise(sentence, { by, ...(options.objective && { measured }), ...options });
    }),
  );
