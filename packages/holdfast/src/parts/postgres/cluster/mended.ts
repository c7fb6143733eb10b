/**
 * Two things of Debian's Patroni (3.0.2). Ends with an error where there is nothing to mend any more.
 *
 * A member that was frozen for longer than its lease writes itself over whoever leads by then, and what was acknowledged
 * since is rewound away. Mended upstream in 3.0.3 (patroni#2689, #2693): it keeps the key while that is its own, or takes
 * it while it is nobody's, and stops being the primary otherwise.
 *
 * In a switchover it looks once a second whether the old primary has written its last, and nobody leads meanwhile.
 */
export const mendPatroni = [
  'python3',
  '-c',
  `def mend(path, flawed, mended):
    path = '/usr/lib/python3/dist-packages/patroni/' + path
    with open(path) as file:
        text = file.read()
    assert text.count(flawed) == 1, 'there is another Patroni, which may need no mending: ' + path
    with open(path, 'w') as file:
        file.write(text.replace(flawed, mended))

# patroni#2689, #2693: who leads is kept by comparing
flawed = '''                try:
                    self._run_and_handle_exceptions(self._client.put, self.leader_path,
                                                    self._name, self._lease, retry=_retry)
                except ReturnFalseException:
                    pass
        return bool(self._lease)
'''
mended = '''                return self._keep_leader(_retry)
        return bool(self._lease)

    def _keep_leader(self, retry):
        put = {'key': base64_encode(self.leader_path), 'value': base64_encode(self._name), 'lease': self._lease}
        ours = {'key': put['key'], 'target': 'VALUE', 'value': put['value']}
        nobodys = {'key': put['key'], 'target': 'CREATE', 'create_revision': 0}
        return any(self._run_and_handle_exceptions(self._client.txn, so, {'request_put': put}, retry=retry)
                   for so in (ours, nobodys))
'''
mend('dcs/etcd3.py', flawed, mended)
mend('postgresql/__init__.py', 'STOP_POLLING_INTERVAL = 1\\n', 'STOP_POLLING_INTERVAL = 0.1\\n')
`,
];
