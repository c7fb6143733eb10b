// expect: 6:3 | args.TOKEN is secret "npm-token" | secrets do not belong into images | image handle
import { image, secret, system } from 'holdfast';

export default system('shop', env => {
  const key = secret('npm-token');
  image('web', { dockerfile: './Dockerfile', args: { TOKEN: key } });
});
