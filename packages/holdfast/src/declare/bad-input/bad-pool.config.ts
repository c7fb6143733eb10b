// expect: 5:26 | subnets is "10.20.0.0/64" | takes a /24 of it | 10.20.0.0/16
import { defineConfig, environment } from 'holdfast/config';

export default defineConfig({
  environments: { local: environment({ subnets: '10.20.0.0/64' }) },
});
