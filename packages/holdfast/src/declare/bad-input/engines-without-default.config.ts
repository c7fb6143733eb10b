// expect: 5:26 | engines has no "default" | lives on the default one | call one of them default
import { defineConfig, engine, environment } from 'holdfast/config';

export default defineConfig({
  environments: { local: environment({ engines: { gpu: engine.local() } }) },
});
