// expect: 5:26 | reach is "vpn" | how this machine gets at an instance | 'direct' or 'published'
import { defineConfig, engine, environment } from 'holdfast/config';

export default defineConfig({
  environments: { local: environment({ engine: engine.local({ reach: 'vpn' }) }) },
});
