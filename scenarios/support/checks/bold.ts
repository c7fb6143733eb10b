/** A promise of more than an upstream promises, which may be signed for. */
export const boldSystem = (
  signature: string,
): string => `import { check, image, network, probe, promise, service, system, team, upstream } from 'holdfast';

export default system('NAME', () => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const bank = upstream('bank', { sla: '99.9%', endpoint: 'https://bank.example' });
  const web = service('web', {
    image: image('tiny', { archive: 'tiny.tar' }),
    network: network('lan'),
    command: ['sleep', '86400'],
    stop: { grace: '1s' },
  });
  const runs = check(web, it => it.process('sleep').runs());
  promise('a shopper can pay', { by: crew, given: [bank], measured: runs, objective: '99.95% over 30d', ${signature} });
});
`;

/** Ada's signature, good until a day. */
export const signedUntil = (day: string): string =>
  `acceptedBy: 'ada@shop.example', because: 'the bank pays for what it fails', until: '${day}'`;
