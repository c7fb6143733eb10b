import { jsonWith } from '../../../model/assertion/words/json-path.ts';
import type { SubjectOf } from '../../../model/spec/check-spec.ts';
import { withExample } from '../deeds/example.ts';
import { httpAnswer, listener } from '../deeds/listener.ts';
import { idle, line, type Sabotage, start, unproven } from '../sabotage.ts';
import type { Saboteur, SaboteursOf } from '../saboteur.ts';

const closed = (): Sabotage => start(idle);

/** Something that stands in for the service, and says this. */
const standIn = ({ port }: SubjectOf<'http'>, answer: string): Sabotage => ({
  start: idle,
  ...line(listener({ port, answer })),
});

const withoutTls: Saboteur<'http', readonly unknown[]> = {
  claimed: closed,
  denied: () => unproven('nothing that stands in has a certificate that is trusted'),
};

export const httpSaboteurs: SaboteursOf<'http'> = {
  answers: {
    claimed: closed,
    denied: (of, status) => standIn(of, httpAnswer([status].flat()[0] ?? 200)),
  },
  hasHeader: {
    claimed: closed,
    denied: (of, name, value = 'sabotage') =>
      withExample(value, text => standIn(of, httpAnswer(200, { [name.toLowerCase()]: text }))),
  },
  says: {
    claimed: closed,
    denied: (of, wanted) => withExample(wanted, body => standIn(of, httpAnswer(200, {}, body))),
  },
  hasJson: {
    claimed: closed,
    denied: (of, path, value) => standIn(of, httpAnswer(200, {}, JSON.stringify(jsonWith(path, value)))),
  },
  redirectsTo: {
    claimed: closed,
    denied: (of, wanted) => withExample(wanted, location => standIn(of, httpAnswer(302, { location }))),
  },
  speaksTls: withoutTls,
  isTrusted: withoutTls,
};

/** What others answer: the copy is cut off from them, and they can't be made to answer. */
const ofOthers = {
  claimed: () => start({ alone: true }),
  denied: () => unproven('what others answer is not for a copy to change'),
};

export const urlSaboteurs: SaboteursOf<'url'> = {
  answers: ofOthers,
  hasHeader: ofOthers,
  says: ofOthers,
  hasJson: ofOthers,
  redirectsTo: ofOthers,
  speaksTls: ofOthers,
  isTrusted: ofOthers,
};

export const tcpSaboteurs: SaboteursOf<'tcp'> = { accepts: ofOthers, greetsWith: ofOthers };

export const udpSaboteurs: SaboteursOf<'udp'> = { replies: ofOthers, repliesWith: ofOthers };

export const dnsSaboteurs: SaboteursOf<'dns'> = { resolves: ofOthers, resolvesTo: ofOthers, resolvesOnlyTo: ofOthers };

export const certificateSaboteurs: SaboteursOf<'certificate'> = {
  isPresented: ofOthers,
  isTrusted: ofOthers,
  isIssuedBy: ofOthers,
  isFor: ofOthers,
  hasDaysLeft: ofOthers,
  leadsTo: ofOthers,
};

export const latencySaboteurs: SaboteursOf<'latency'> = {
  isBelow: ofOthers,
  isMostlyBelow: ofOthers,
  hasMedianBelow: ofOthers,
};
