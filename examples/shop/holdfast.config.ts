// WHERE the shop lives: two environments side by side on this machine, which never touch each other's things.
import { defineConfig, engine, environment } from 'holdfast/config';

export default defineConfig({
  environments: {
    local: environment({ engine: engine.local(), domain: 'shop.localhost', ports: 8080 }),
    staging: environment({
      engine: engine.local(),
      domain: 'staging.shop.localhost',
      subnets: '10.232.0.0/16',
      ports: 8180,
    }),
  },
});
