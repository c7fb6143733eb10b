// expect: 5:26 | availability is "often", which is not a percentage | exact decimal | '99.95%'
import { defineConfig, engine, environment } from 'holdfast/config';

export default defineConfig({
  environments: { local: environment({ engine: engine.local({ availability: 'often' }) }) },
});
