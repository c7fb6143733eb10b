const lines: Readonly<Record<string, readonly (readonly [command: string, what: string])[]>> = {
  up: [
    ['holdfast up', 'shows the plan, asks, and makes it so'],
    ['holdfast up --env staging --yes', 'in a script'],
    ['holdfast up --plan next.plan', 'exactly what somebody approved'],
  ],
  down: [
    ['holdfast down', 'all but the data'],
    ['holdfast down --data --confirm local --yes', 'the data too, in a script'],
  ],
  rollback: [
    ['holdfast rollback', 'to the release before'],
    ['holdfast rollback r3', 'to release 3'],
  ],
  restore: [
    ['holdfast restore db', 'all that is there, as db-restored'],
    ["holdfast restore db --to '2026-11-23T10:00:00Z' --into db-before", 'to the second before a mistake'],
    ['holdfast restore --remove db-before --yes', 'and away with it, in a script'],
  ],
  bake: [
    ['holdfast bake', 'all images of the system'],
    ['holdfast bake web --update', 'one, of the newest packages'],
    ['holdfast bake --locked --json', 'in CI: exactly what holdfast.lock holds'],
    ['holdfast bake web --to oci:./images', 'and into a folder, as other tools read it'],
    ['holdfast bake --to registry:localhost:5000/shop', 'and into a registry: shop/web:1f0c…'],
  ],
  image: [
    ['holdfast image', 'the images of the system'],
    ['holdfast image diff web@r3 web', 'what changed since release r3'],
    ['holdfast image prune --dry-run', 'what could go'],
  ],
  'image ls': [
    ['holdfast image ls', 'as local has them'],
    ['holdfast image ls --env production --json', 'as production has them, for machines'],
  ],
  'image show': [
    ['holdfast image show web', 'as system.ts declares it now'],
    ['holdfast image show web@r3', 'as release r3 has it'],
    ['holdfast image show web --sbom > web.cdx.json', 'for a scanner'],
  ],
  'image diff': [
    ['holdfast image diff web@r3 web@r4', 'what release r4 brought'],
    ['holdfast image diff web@r4 web', 'what the next one would bring'],
    ['holdfast image diff 1f0c 608a', 'two digests'],
  ],
  'image verify': [
    ['holdfast image verify', 'the whole store; ends with 1 when something is damaged'],
    ['holdfast image verify web', 'all that goes by this name'],
  ],
  'image prune': [
    ['holdfast image prune', 'down to 10 GB, the longest unused first'],
    ['holdfast image prune --limit 2GB', 'down to 2 GB'],
    ['holdfast image prune --all --dry-run', 'what is needed by nobody'],
  ],
  secret: [
    ['holdfast secret', 'the secrets of the environment'],
    ['holdfast secret set stripe-key', 'asks for the value, and shows nothing of it'],
    ['holdfast secret rotate database-password', 'another value; the next up brings it'],
  ],
  'secret ls': [
    ['holdfast secret ls', 'as local has them'],
    ['holdfast secret ls --env production --json', 'as production has them, for machines'],
  ],
  'secret set': [
    ['holdfast secret set stripe-key', 'at a terminal: asks'],
    ['holdfast secret set tls-key --env production < key.pem', 'from a file'],
  ],
  'secret rotate': [['holdfast secret rotate database-password session-key', 'both; then holdfast up']],
  'secret show': [
    ['holdfast secret show db-certificate', 'whom it is for, and how long it is valid'],
    ['holdfast secret show stripe-key --reveal', 'at a terminal'],
    ['holdfast secret show stripe-key --reveal --yes | wc -c', 'in a script'],
  ],
  'secret identity': [['holdfast secret identity', 'what others need to add you']],
  'secret recipients': [['holdfast secret recipients --env production', 'who can read them']],
  'secret rekey': [['holdfast secret rekey --env production', 'after somebody came or went']],
  'secret merge': [
    ['holdfast secret merge', 'after git found a conflict'],
    ['holdfast secret merge --prefer theirs', 'their value where both have another'],
  ],
  upstreams: [
    ['holdfast upstreams', 'what can stop us from baking, and from deploying'],
    ['holdfast upstreams --json', 'for machines'],
  ],
  plan: [
    ['holdfast plan', 'what up would do'],
    ['holdfast plan --out next.plan', 'to be applied later, by holdfast up --plan next.plan'],
    ['holdfast plan --destroy old-data', 'what destroying that data would mean, and when'],
  ],
  status: [
    ['holdfast status', 'ends with 1 when something is not well'],
    ['holdfast status --json', 'for machines'],
  ],
  docs: [
    ['holdfast docs', 'Markdown into docs/system, a site into .holdfast/site'],
    ['holdfast docs --out docs/shop --site public', 'into other folders'],
    ['holdfast docs --check', 'in CI: ends with 1 and names what is stale'],
  ],
  check: [
    ['holdfast check', 'all that is said; ends with 1 when something is not so'],
    ['holdfast check web', 'the checks of one service'],
    ['holdfast check web --prove', 'whether each sentence could fail at all'],
    ['holdfast check --all', 'each sentence, also what follows from the declaration'],
    ['holdfast check --format junit --out checks.xml', 'for a CI, and a page for people'],
    ['holdfast check --format github', 'as annotations of a pull request'],
  ],
  promise: [
    ['holdfast promise', 'what is promised, and how it stands'],
    ['holdfast promise explain "a shopper can check out"', 'the chain behind it'],
    ['holdfast promise export --as prometheus --out rules.yml', 'rules and alerts'],
  ],
  'promise ls': [['holdfast promise ls --json', 'for machines; ends with 1 when one is broken']],
  'promise explain': [
    ['holdfast promise explain "a shopper can check out"', 'by its sentence'],
    ['holdfast promise explain a-shopper-can-check-out', 'or by its name'],
  ],
  'promise export': [
    ['holdfast promise export', 'as OpenSLO v1'],
    ['holdfast promise export --as prometheus --out rules.yml', 'recording rules, and alerts by burn rate'],
  ],
  logs: [
    ['holdfast logs', 'the last lines of all'],
    ['holdfast logs web worker --follow', 'of two services, as they come'],
    ['holdfast logs web.2 --since 10m', 'of one instance'],
  ],
  exec: [
    ['holdfast exec web -- sh', 'a shell inside'],
    ['holdfast exec db.1 -- psql -U shop', 'in that instance'],
  ],
  journal: [
    ['holdfast journal --limit 20', 'the newest facts'],
    ['holdfast journal --kind release.ended', 'how releases went'],
    ['holdfast journal --follow', 'as they come'],
    ['holdfast journal verify', 'whether anybody changed it'],
  ],
  init: [
    ['holdfast init', 'a first system that comes up as it is'],
    ['holdfast init --image nginx@sha256:…', 'on an image of yours'],
  ],
  completion: [
    ['source <(holdfast completion bash)', 'in ~/.bashrc'],
    ['holdfast completion zsh > ~/.zfunc/_holdfast', 'in a folder of your fpath'],
    ['holdfast completion fish > ~/.config/fish/completions/holdfast.fish', ''],
  ],
  schema: [['holdfast schema plan', 'of plan --json']],
};

/** Examples that stand below the help of a verb. */
export function examples(verb: string): string {
  const told = lines[verb] ?? [];
  const width = Math.max(0, ...told.map(([command]) => command.length));
  return ['', 'Examples:', ...told.map(([command, what]) => `  ${command.padEnd(width)}  ${what}`.trimEnd())].join(
    '\n',
  );
}
