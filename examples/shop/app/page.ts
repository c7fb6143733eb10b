import type { Product } from './orders.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, character => entities[character] ?? character);

export const price = (cents: number): string => `€ ${(cents / 100).toFixed(2)}`;

const card = ({ id, name, description, cents }: Product, at: number): string => `
      <label class="product">
        <input type="radio" name="product" value="${escaped(id)}"${at === 0 ? ' checked' : ''}>
        <span class="name">${escaped(name)}</span>
        <span class="price">${price(cents)}</span>
        <span class="description">${escaped(description)}</span>
      </label>`;

export const page = (products: readonly Product[], version: string): string => `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>The Tea Shop</title>
  <link rel="stylesheet" href="/style.css">
  <script src="/order.js" defer></script>
</head>
<body>
  <header>
    <h1>The Tea Shop</h1>
    <p>Four things, made well.</p>
  </header>
  <main>
    <form id="order">
      <fieldset>
        <legend>Choose</legend>
        <div class="products">${products.map(card).join('')}
        </div>
      </fieldset>
      <div class="row">
        <label>Quantity <input name="quantity" type="number" min="1" max="99" value="1" required></label>
        <label class="wide">Your name <input name="customer" maxlength="200" autocomplete="name" required></label>
        <button>Order</button>
      </div>
    </form>
    <p id="outcome" role="status" aria-live="polite"></p>
  </main>
  <footer>Version ${escaped(version)}. An example of Holdfast.</footer>
</body>
</html>
`;
