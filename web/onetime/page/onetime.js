// The page behind a one-time link. The token stands in the address's fragment,
// which no server sees; it is taken out of the history at once.
const token = decodeURIComponent(location.hash.slice(1));
history.replaceState(null, '', location.pathname);

const setup = location.pathname === '/setup';
const form = document.getElementById('form');
const message = document.getElementById('message');
document.getElementById('title').textContent = setup ? 'Make the first administrator' : 'Set a new password';
document.getElementById('lead').textContent = 'The password needs 10 to 128 characters. This link works once.';
for (const label of form.querySelectorAll('.setup')) {
  if (!setup) label.remove();
}
if (!token) {
  form.hidden = true;
  message.textContent = 'This address is not complete. Open the link exactly as it was given to you.';
}

const mutation = setup
  ? 'mutation($input: SetUpAdministratorInput!) { done: setUpAdministrator(input: $input) { userErrors { message } } }'
  : 'mutation($input: SetPasswordInput!) { done: setPassword(input: $input) { userErrors { message } } }';

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = form.querySelector('button');
  button.disabled = true;
  message.textContent = '';
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Client-Name': 'onetime' },
      body: JSON.stringify({ query: mutation, variables: { input: { token, ...Object.fromEntries(new FormData(form)) } } }),
    });
    const { data, errors } = await response.json();
    const problem = errors?.[0] ?? data?.done?.userErrors?.[0];
    if (problem) {
      const id = problem.extensions?.requestId;
      message.textContent = problem.message + (id ? ` (request ${id})` : '');
    } else {
      form.hidden = true;
      message.textContent = 'Done. You can sign in with it now.';
    }
  } catch {
    message.textContent = 'The server cannot be reached. Try again.';
  }
  button.disabled = false;
});
