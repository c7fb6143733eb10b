// expect: 5:31 | environment "production" is on an engine of another machine and has no journal | leases and releases | HOLDFAST_JOURNAL
import { defineConfig, engine, environment } from 'holdfast/config';

export default defineConfig({
  environments: { production: environment({ engine: engine.local({ socket: 'tcp://10.0.0.7:2376' }) }) },
});
