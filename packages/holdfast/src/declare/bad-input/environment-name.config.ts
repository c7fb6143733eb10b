// expect: 5:31 | environment "Production" has a name that is not a label | RFC 1123 | 'production'
import { defineConfig, engine, environment } from 'holdfast/config';

export default defineConfig({
  environments: { Production: environment({ engine: engine.local() }) },
});
