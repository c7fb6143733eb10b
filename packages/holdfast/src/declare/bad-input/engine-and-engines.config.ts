// expect: 5:26 | has both engine and engines | contradict | keep one
import { defineConfig, engine, environment } from 'holdfast/config';

export default defineConfig({
  environments: { local: environment({ engine: engine.local(), engines: { default: engine.local() } }) },
});
