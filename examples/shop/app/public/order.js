const form = document.querySelector('#order');
const outcome = document.querySelector('#outcome');
const button = form.querySelector('button');

const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

// With an id of our own: what is sent twice is ordered once.
const asOrder = ({ product, quantity, customer }) => ({
  id: newId(),
  product,
  quantity: Number(quantity),
  customer,
});

// A page that did not come by https has no crypto.randomUUID.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

async function ask(path, init) {
  const response = await fetch(path, init);
  const answer = await response.json();
  if (!response.ok) throw new Error([answer.error, ...(answer.wrong ?? [])].join(': '));
  return answer;
}

const place = order =>
  ask('/orders', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(order) });

async function packed(order) {
  for (let tries = 0; tries < 20 && order.state === 'new'; tries++) {
    await pause(500);
    order = await ask(`/orders/${order.id}`);
  }
  return order;
}

form.addEventListener('submit', async event => {
  event.preventDefault();
  button.disabled = true;
  try {
    const order = await place(asOrder(Object.fromEntries(new FormData(form))));
    outcome.textContent = `Thank you. Your order is ${order.id}; we are packing it.`;
    const { state } = await packed(order);
    if (state === 'packed') outcome.textContent = `Your order ${order.id} is packed.`;
  } catch (error) {
    outcome.textContent = `That did not work: ${error.message}`;
  } finally {
    button.disabled = false;
  }
});
