// expect: 5:3 | endpoint is "api.stripe.example" | http or https URL | https://
import { system, upstream } from 'holdfast';

export default system('shop', env => {
  upstream('stripe', { endpoint: 'api.stripe.example' });
});
