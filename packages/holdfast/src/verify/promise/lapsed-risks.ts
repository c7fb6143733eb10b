import { exitCode, Problem } from '../../kit/problem.ts';
import { subject } from '../../model/declaration/handle.ts';
import { isSigned } from '../../model/promise/risk.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';

/**
 * Signatures that hold no longer. It can't be told when the system is declared, which knows no clock: whoever plans asks.
 * `now`: milliseconds since 1970.
 */
export const lapsedRisks = (model: SystemModel, now: number): readonly Problem[] =>
  resourcesOf(model, 'promise').flatMap(({ name, at, spec: { risk } }) =>
    !risk || isSigned(risk, now)
      ? []
      : [
          new Problem({
            what: `${subject('promise', name)} accepts a risk until ${risk.until}, which is over`,
            ...(at && { where: at }),
            why: `${risk.acceptedBy} signed for it (“${risk.because}”) until that day, and for no longer`,
            fix: 'promise less, better what caps it, or sign anew with another `until`',
            exit: exitCode.wrongUse,
          }),
        ],
  );
