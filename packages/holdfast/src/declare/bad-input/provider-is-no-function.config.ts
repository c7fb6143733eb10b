// expect: 4:16 | providers.dns-record is an object | a provider of its own | place => 
import { defineConfig, engine, environment } from 'holdfast/config';

export default defineConfig({
  environments: { local: environment({ engine: engine.local() }) },
  providers: { 'dns-record': {} },
});
