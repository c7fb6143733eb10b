/** How long a client is held that comes while nobody leads, in seconds: a failover takes less, and few clients ask twice. */
export const patience = 5;

/** How long a member that said that it leaves is given no new clients, in seconds. Longer than a switchover takes on a busy machine. */
const leaves = 10;

/**
 * For HAProxy. Clients wait for a primary while there is none. A member that is about to stop leading is told by its
 * address, so none can say it of another; what is connected to it stays. Without it, clients that are cut come again to
 * a server that is stopping, and take its time by trying until the checks have found out.
 */
export const proxyScript = `core.register_action('wait_for_primary', { 'tcp-req' }, function(txn)
  local tries = ${patience * 50}
  while tries > 0 and txn.f:nbsrv('primary') == 0 do
    core.msleep(20)
    tries = tries - 1
  end
end)

core.register_action('hold_back', { 'tcp-req' }, function(txn)
  local from = txn.f:src() .. ':'
  for _, server in pairs(core.backends.primary.servers) do
    if server:get_addr():sub(1, #from) == from then
      server:set_drain()
      core.register_task(function()
        core.sleep(${leaves})
        server:set_ready()
      end)
    end
  end
end)
`;
