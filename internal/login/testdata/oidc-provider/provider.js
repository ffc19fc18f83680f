// oidc-provider with its development login: whatever account is typed is let in. It prints its address, and ends with its
// standard input.
import { Provider } from "oidc-provider";
import { createServer } from "node:http";

const redirect = process.argv[2];
const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: "mynumber", client_secret: "a secret of the test", redirect_uris: [redirect], grant_types: ["authorization_code"], response_types: ["code"] }],
    cookies: { keys: ["a key of the test"] },
    pkce: { required: () => true },
    claims: { openid: ["sub"], profile: ["name", "preferred_username"] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: id, preferred_username: id }) }),
  });
  server.on("request", provider.callback());
  console.log(issuer);
});
process.stdin.on("end", () => process.exit(0));
process.stdin.resume();
