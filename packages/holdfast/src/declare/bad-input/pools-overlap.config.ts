// expect: 7:14 | environment "staging" and environment "local" have pools that overlap | no address can belong to both | pools apart
import { defineConfig, environment } from 'holdfast/config';

export default defineConfig({
  environments: {
    local: environment({ subnets: '10.20.0.0/16' }),
    staging: environment({ subnets: '10.20.128.0/17' }),
  },
});
