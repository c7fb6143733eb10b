// expect: 5:26 | engine is "local", which is not an engine | where containers run | engine.local()
import { defineConfig, environment } from 'holdfast/config';

export default defineConfig({
  environments: { local: environment({ engine: 'local' }) },
});
