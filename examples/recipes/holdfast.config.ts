import { defineConfig, engine, environment } from 'holdfast/config';

export default defineConfig({ environments: { local: environment({ engine: engine.local() }) } });
