// expect: 4:16 | environments.local is an object, not an environment | its engines, domain | local: environment(
import { defineConfig, engine } from 'holdfast/config';

export default defineConfig({
  environments: { local: { engine: engine.local() } },
});
